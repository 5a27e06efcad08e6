//! Several processes with one store: a refresh token is presented once, and nobody is logged out by it.
//!
//! A process is an application of its own here, with a memory of its own; all share the store, the keys, and the provider,
//! which takes a second use of a refresh token for theft.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{Request, Response, StatusCode};
use oauth_providers::store::{MemoryStore, Store};
use oauth_providers::{
    Accounts, Admission, ApiClient, BoxFuture, Emulator, EncryptedCookies, Endpoint, HttpClient,
    OAuthBuilder, OAuthPersistence, Provider, RefreshGuard, Sessions, SystemEntropy,
    TransportError,
};
use oauth_tests::{Browser, StoppedClock, WatchedStore, World, key_ring};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use crate::providers::Acme;

const LIFETIME: Duration = Duration::from_secs(60);

/// Past the expiry of a token, and past the grace of the one before.
const PAST: Duration = Duration::from_secs(61);

const LEASE: Duration = Duration::from_secs(15);

/// How an application remembers its users.
type Remember = fn(WatchedStore) -> Arc<dyn OAuthPersistence>;

const SESSIONS: Remember = |store| Arc::new(Sessions::new(store, key_ring()));
const COOKIES: Remember = |store| Arc::new(EncryptedCookies::new(key_ring()).coordinator(store));

/// A process's way to the provider, at which a token request may be made to wait.
#[derive(Clone)]
struct Gate {
    emulator: Emulator,
    closed: Arc<AtomicUsize>,
    waiting: Arc<AtomicUsize>,
    opened: Arc<Notify>,
}

impl Gate {
    /// The request has not reached the server.
    const BEFORE: usize = 1;
    /// The server has answered.
    const AFTER: usize = 2;

    fn new(emulator: &Emulator) -> Self {
        let (closed, waiting, opened) = Default::default();
        Self { emulator: emulator.clone(), closed, waiting, opened }
    }

    /// The next token request waits there.
    fn close(&self, place: usize) {
        self.closed.store(place, Ordering::SeqCst);
    }

    fn is_waited_at(&self) -> bool {
        self.waiting.load(Ordering::SeqCst) > 0
    }

    fn open(&self) {
        self.opened.notify_one();
    }

    async fn wait(&self) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        self.opened.notified().await;
    }
}

impl HttpClient for Gate {
    fn call(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let is_refresh = request.body().starts_with(b"grant_type=refresh_token");
        let closed = if is_refresh { self.closed.swap(0, Ordering::SeqCst) } else { 0 };
        Box::pin(async move {
            if closed == Self::BEFORE {
                self.wait().await;
            }
            let answer = HttpClient::call(&self.emulator, request).await;
            if closed == Self::AFTER {
                self.wait().await;
            }
            answer
        })
    }
}

/// Processes of one application.
struct Fleet {
    processes: Vec<World<Acme>>,
    stores: Vec<WatchedStore>,
    gates: Vec<Gate>,
    emulator: Emulator,
    clock: StoppedClock,
    /// Those of processes that have one of their own.
    clocks: Vec<StoppedClock>,
}

impl Fleet {
    fn new(count: usize, remember: Remember) -> Self {
        Self::with(count, remember, Emulator::revoke_family_on_reuse)
    }

    fn with(count: usize, remember: Remember, emulated: impl FnOnce(Emulator) -> Emulator) -> Self {
        Self::of(count, emulated, |builder, store| {
            let accounts = Accounts::in_store(store.clone(), key_ring());
            builder.persistence(remember(store)).accounts(accounts)
        })
    }

    fn without_accounts(count: usize, remember: Remember) -> Self {
        Self::of(count, Emulator::revoke_family_on_reuse, |builder, store| {
            builder.persistence(remember(store))
        })
    }

    /// Each process has a clock of its own, which is so much ahead of the one before.
    fn with_clocks_apart(count: usize, remember: Remember, apart: Duration) -> Self {
        let mut clocks = Vec::new();
        let mut fleet = Self::of(count, Emulator::revoke_family_on_reuse, |builder, store| {
            let clock = StoppedClock::new();
            clock.advance(apart * u32::try_from(clocks.len()).unwrap());
            clocks.push(clock.clone());
            builder.persistence(remember(store)).clock(clock)
        });
        fleet.clocks = clocks;
        fleet
    }

    fn of(
        count: usize,
        emulated: impl FnOnce(Emulator) -> Emulator,
        mut configure: impl FnMut(OAuthBuilder<Acme>, WatchedStore) -> OAuthBuilder<Acme>,
    ) -> Self {
        let clock = StoppedClock::new();
        let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(LIFETIME);
        let emulator = emulated(emulator.rotate_refresh());
        let first = WatchedStore::new(MemoryStore::new());
        let stores: Vec<_> = (0..count).map(|_| first.of_another_process()).collect();
        let gates: Vec<_> = (0..count).map(|_| Gate::new(&emulator)).collect();
        let process = |(store, gate): (&WatchedStore, &Gate)| {
            World::around(Acme, emulator.clone(), clock.clone(), |builder| {
                let builder = builder.entropy(SystemEntropy).http_client(gate.clone());
                configure(builder, store.clone())
                    .on_login(|_| async { Ok(Admission::new().account("ada")) })
            })
        };
        let processes = stores.iter().zip(&gates).map(process).collect();
        Self { processes, stores, gates, emulator, clock, clocks: Vec::new() }
    }

    /// A browser that is logged in, as each process would be come to by it.
    async fn browsers(&self) -> Vec<Browser> {
        let mut first = self.processes[0].browser();
        assert_eq!(first.open("/").await.status(), StatusCode::OK);
        let mut browsers = vec![first.clone()];
        for process in &self.processes[1..] {
            let mut browser = process.browser();
            *browser.jar_mut() = first.jar().clone();
            browsers.push(browser);
        }
        browsers
    }

    /// Lets time pass for the application, the provider and the store.
    async fn pass(&self, time: Duration) {
        for clock in self.clocks.iter().chain([&self.clock]) {
            clock.advance(time);
        }
        tokio::time::advance(time).await;
    }

    /// A request at the first process, whose renewal does not get beyond this place.
    async fn stuck(&self, browser: &Browser, place: usize) -> JoinHandle<(StatusCode, Browser)> {
        self.gates[0].close(place);
        let stuck = request(browser);
        until(|| self.gates[0].is_waited_at()).await;
        stuck
    }

    /// The row of the login that was renewed: its key, version and value.
    async fn row(&self) -> (String, u64, Vec<u8>) {
        let given = self.stores.iter().flat_map(WatchedStore::given);
        for (key, _) in given.filter(|(key, _)| key.starts_with("login:")) {
            let store = self.stores.last().unwrap();
            if let Some(row) = store.load(&key).await.unwrap() {
                return (key, row.version, row.value);
            }
        }
        panic!("no login has a row")
    }
}

async fn call<P: Provider>(client: &ApiClient<P>) -> Result<StatusCode, &'static str> {
    let answer = client.get("/invoices").unwrap().send().await;
    answer.map(|answer| answer.status()).map_err(|error| error.code())
}

/// A request that goes on by itself.
fn request(browser: &Browser) -> JoinHandle<(StatusCode, Browser)> {
    let mut browser = browser.clone();
    tokio::spawn(async move { (browser.look_at("/page").await.status(), browser) })
}

/// Waits until a condition holds: other tasks run meanwhile, and time stands still.
async fn until(condition: impl Fn() -> bool) {
    for _ in 0..10_000 {
        if condition() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the condition never held");
}

async fn log_out(browser: &mut Browser) {
    let answer = browser.send(Request::post("/logout").body(Bytes::new()).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

#[test]
fn a_lease_lasts_for_a_second_at_least_and_an_hour_at_most() {
    for (wish, lease) in [(Duration::ZERO, "1s"), (LEASE, "15s"), (Duration::MAX, "3600s")] {
        let shown = format!("{:?}", RefreshGuard::in_process().lease(wish));
        assert!(shown.ends_with(&format!("lease: {lease} }}")), "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn cc_02_processes_that_share_a_store_present_each_refresh_token_once() {
    for remember in [SESSIONS, COOKIES] {
        let fleet = Fleet::new(8, remember);
        let mut browsers = fleet.browsers().await;
        for generation in 1..=20 {
            fleet.pass(PAST).await;
            let tabs = browsers.iter().flat_map(|browser| [browser; 4]).map(request);
            let tabs: Vec<_> = tabs.collect();
            let mut jobs = JoinSet::new();
            for process in &fleet.processes {
                let client = process.oauth.client_for("ada").await.unwrap();
                jobs.spawn(async move { call(&client).await });
            }

            for (index, tab) in tabs.into_iter().enumerate() {
                let (status, browser) = tab.await.unwrap();
                assert_eq!(status, StatusCode::OK);
                browsers[index / 4] = browser;
            }
            assert_eq!(jobs.join_all().await, [Ok(StatusCode::OK); 8]);
            assert_eq!(fleet.emulator.refreshes(), generation);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn cc_02_processes_whose_clocks_are_apart_present_each_refresh_token_once() {
    for remember in [SESSIONS, COOKIES] {
        let fleet = Fleet::with_clocks_apart(3, remember, Duration::from_secs(3));
        let mut browsers = fleet.browsers().await;
        for generation in 1..=10 {
            // The first to find it expired is the one that is ahead.
            for time in
                [LIFETIME - Duration::from_secs(6), Duration::from_secs(3), Duration::from_secs(4)]
            {
                fleet.pass(time).await;
                for browser in &mut browsers {
                    assert_eq!(browser.look_at("/page").await.status(), StatusCode::OK);
                }
            }
            assert_eq!(fleet.emulator.refreshes(), generation);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn cc_11_a_cookie_from_days_ago_is_brought_forward_by_any_process() {
    let fleet = Fleet::new(2, COOKIES);
    let mut browsers = fleet.browsers().await;
    for generation in 1..=3 {
        fleet.pass(Duration::from_secs(24 * 3600)).await;
        assert_eq!(browsers[0].look_at("/page").await.status(), StatusCode::OK);
        assert_eq!(fleet.emulator.refreshes(), generation);
    }

    let page = browsers[1].look_at("/page").await;

    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(fleet.emulator.refreshes(), 3);
    fleet.pass(PAST).await;
    assert_eq!(browsers[1].look_at("/page").await.status(), StatusCode::OK);
    assert_eq!(fleet.emulator.refreshes(), 4);
}

#[tokio::test(start_paused = true)]
async fn cc_04_a_server_that_takes_three_leases_is_asked_by_one_process() {
    let fleet = Fleet::new(3, SESSIONS);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    fleet.emulator.slow_next(Endpoint::Token, LEASE * 3);

    let requests: Vec<_> = browsers.iter().map(request).collect();

    for request in requests {
        assert_eq!(request.await.unwrap().0, StatusCode::OK);
    }
    assert_eq!(fleet.emulator.refreshes(), 1);
    let acquired = fleet.stores.iter().map(|it| it.steps().get("acquire").copied().unwrap_or(0));
    assert_eq!(acquired.sum::<usize>(), 1);
}

#[tokio::test(start_paused = true)]
async fn cc_03_cc_14_a_process_that_dies_is_followed_by_another_within_its_lease() {
    for remember in [SESSIONS, COOKIES] {
        let fleet = Fleet::new(2, remember);
        let browsers = fleet.browsers().await;
        fleet.pass(PAST).await;
        let _dead = fleet.stuck(&browsers[0], Gate::BEFORE).await;
        fleet.stores[0].set_down(true);

        let from = Instant::now();
        let (status, _) = request(&browsers[1]).await.unwrap();

        assert_eq!(status, StatusCode::OK);
        assert!(from.elapsed() <= LEASE + Duration::from_secs(1), "{:?}", from.elapsed());
        assert_eq!(fleet.emulator.refreshes(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn cc_03_a_process_that_dies_with_the_answer_costs_one_login_and_touches_no_other() {
    let fleet = Fleet::new(2, SESSIONS);
    let browsers = fleet.browsers().await;
    let mut other = fleet.processes[1].browser();
    other.open("/").await;
    fleet.pass(PAST).await;
    let _dead = fleet.stuck(&browsers[0], Gate::AFTER).await;
    fleet.stores[0].set_down(true);

    let (status, browser) = request(&browsers[1]).await.unwrap();

    assert_eq!(status, StatusCode::SEE_OTHER, "the server has taken the second use for theft");
    assert_eq!(fleet.emulator.refreshes(), 2);
    let (status, _) = request(&browser).await.unwrap();
    assert_eq!((status, fleet.emulator.refreshes()), (StatusCode::SEE_OTHER, 2), "never again");
    assert_eq!(other.look_at("/page").await.status(), StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn cc_04_a_process_that_comes_back_after_its_lease_brings_nothing_back() {
    let fleet = Fleet::new(2, SESSIONS);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    let zombie = fleet.stuck(&browsers[0], Gate::AFTER).await;
    fleet.stores[0].set_down(true);
    let (status, _) = request(&browsers[1]).await.unwrap();
    assert_eq!(status, StatusCode::SEE_OTHER);
    let before = fleet.row().await;

    fleet.stores[0].set_down(false);
    fleet.gates[0].open();

    assert_eq!(zombie.await.unwrap().0, StatusCode::SEE_OTHER);
    assert_eq!(fleet.row().await, before);
    assert_eq!(fleet.emulator.requests(Endpoint::Revocation), 1, "what it had is given back");
}

#[tokio::test(start_paused = true)]
async fn cc_04_a_process_that_was_held_up_and_not_followed_commits_what_it_has() {
    let fleet = Fleet::new(2, SESSIONS);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    let slow = fleet.stuck(&browsers[0], Gate::AFTER).await;
    fleet.stores[0].set_down(true);
    tokio::time::advance(LEASE * 2).await;

    fleet.stores[0].set_down(false);
    fleet.gates[0].open();

    assert_eq!(slow.await.unwrap().0, StatusCode::OK);
    assert_eq!(request(&browsers[1]).await.unwrap().0, StatusCode::OK);
    assert_eq!(fleet.emulator.refreshes(), 1);
}

#[tokio::test(start_paused = true)]
async fn cc_06_the_loser_of_a_race_takes_the_tokens_of_the_winner() {
    // This server refuses the second use, and revokes nothing.
    let fleet = Fleet::with(2, SESSIONS, |emulator| emulator);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    let loser = fleet.stuck(&browsers[0], Gate::BEFORE).await;
    fleet.stores[0].set_down(true);
    assert_eq!(request(&browsers[1]).await.unwrap().0, StatusCode::OK);
    let winner = fleet.row().await;

    fleet.stores[0].set_down(false);
    fleet.gates[0].open();

    assert_eq!(loser.await.unwrap().0, StatusCode::OK);
    assert_eq!(fleet.emulator.refreshes(), 2);
    assert_eq!(fleet.row().await, winner);
}

#[tokio::test(start_paused = true)]
async fn cc_07_a_logout_on_another_process_is_final_for_a_renewal_that_is_under_way() {
    for remember in [SESSIONS, COOKIES] {
        let fleet = Fleet::without_accounts(2, remember);
        let mut browsers = fleet.browsers().await;
        fleet.pass(PAST).await;
        let slow = fleet.stuck(&browsers[0], Gate::AFTER).await;

        log_out(&mut browsers[1]).await;
        fleet.gates[0].open();

        let (status, browser) = slow.await.unwrap();
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(request(&browser).await.unwrap().0, StatusCode::SEE_OTHER);
        assert_eq!(fleet.emulator.requests(Endpoint::Revocation), 1);
        assert_eq!(fleet.emulator.refreshes(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn cc_07_a_login_during_a_renewal_keeps_its_own_tokens() {
    let fleet = Fleet::without_accounts(2, SESSIONS);
    let mut browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    let slow = fleet.stuck(&browsers[0], Gate::AFTER).await;

    browsers[1].jar_mut().remove("__Host-oauth-acme.arrived");
    assert_eq!(browsers[1].open("/oauth/acme/login").await.status(), StatusCode::OK);
    fleet.gates[0].open();

    assert_eq!(slow.await.unwrap().0, StatusCode::SEE_OTHER);
    for _ in 0..2 {
        assert_eq!(browsers[1].look_at("/page").await.status(), StatusCode::OK);
        fleet.pass(PAST).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_commit_that_the_store_did_not_take_is_made_up_for_before_anything_is_presented() {
    let fleet = Fleet::new(1, COOKIES);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    let unlucky = fleet.stuck(&browsers[0], Gate::AFTER).await;
    fleet.stores[0].set_down(true);
    fleet.gates[0].open();
    let (status, browser) = unlucky.await.unwrap();
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "nobody is given what is not kept");

    fleet.stores[0].set_down(false);
    fleet.pass(LEASE).await;

    assert_eq!(request(&browser).await.unwrap().0, StatusCode::OK);
    assert_eq!(fleet.emulator.refreshes(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_commit_that_was_done_though_nobody_said_so_is_a_commit() {
    let fleet = Fleet::new(1, COOKIES);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    fleet.stores[0].lose_next("replace");

    assert_eq!(request(&browsers[0]).await.unwrap().0, StatusCode::OK);

    assert_eq!(fleet.emulator.refreshes(), 1);
    assert_eq!(fleet.row().await.1, 2);
}

#[tokio::test(start_paused = true)]
async fn sr_03_no_step_of_the_store_that_fails_logs_anybody_out_or_presents_a_token_twice() {
    for step in ["load", "insert", "acquire", "replace"] {
        for is_done in [false, true] {
            let fleet = Fleet::new(1, COOKIES);
            let browsers = fleet.browsers().await;
            fleet.pass(PAST).await;
            if is_done {
                fleet.stores[0].lose_next(step);
            } else {
                fleet.stores[0].fail_next(step);
            }

            let (first, browser) = request(&browsers[0]).await.unwrap();
            fleet.pass(LEASE).await;
            let (second, _) = request(&browser).await.unwrap();

            let expected = [StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE];
            assert!(expected.contains(&first), "{step} {is_done}: {first}");
            assert_eq!(second, StatusCode::OK, "{step} {is_done}");
            assert_eq!(fleet.emulator.refreshes(), 1, "{step} {is_done}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn sr_03_a_store_that_is_down_is_503_and_a_valid_token_needs_none() {
    let fleet = Fleet::new(1, COOKIES);
    let mut browsers = fleet.browsers().await;
    fleet.stores[0].set_down(true);
    assert_eq!(browsers[0].look_at("/page").await.status(), StatusCode::OK);
    fleet.pass(PAST).await;

    let page = browsers[0].look_at("/page").await;
    assert_eq!((page.status(), page.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
    let error = fleet.processes[0].oauth.client_for("ada").await.unwrap_err();
    assert_eq!(error.code(), "unavailable");
    assert_eq!(fleet.emulator.refreshes(), 0);

    fleet.stores[0].set_down(false);
    fleet.pass(Duration::from_secs(1)).await;
    assert_eq!(browsers[0].look_at("/page").await.status(), StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn cc_10_a_failing_server_is_asked_once_by_all_processes_together() {
    let fleet = Fleet::new(8, SESSIONS);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    for _ in 0..3 {
        fleet.emulator.fail_next(Endpoint::Token, StatusCode::SERVICE_UNAVAILABLE);
    }
    let asked = fleet.emulator.requests(Endpoint::Token);

    for (round, pause) in [1, 2, 4].into_iter().enumerate() {
        let requests = browsers.iter().flat_map(|browser| [browser; 32]).map(request);
        for request in requests.collect::<Vec<_>>() {
            assert_eq!(request.await.unwrap().0, StatusCode::SERVICE_UNAVAILABLE);
        }
        assert_eq!(fleet.emulator.requests(Endpoint::Token), asked + round + 1);
        fleet.pass(Duration::from_secs(pause)).await;
    }

    for browser in &browsers {
        assert_eq!(request(browser).await.unwrap().0, StatusCode::OK);
    }
    assert_eq!(fleet.emulator.refreshes(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_wishes_to_be_left_alone_is_left_alone_by_every_process() {
    let fleet = Fleet::new(2, SESSIONS);
    let mut browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    let busy = Response::builder().status(StatusCode::TOO_MANY_REQUESTS).header(RETRY_AFTER, "120");
    fleet.emulator.answer_next(Endpoint::Token, busy.body(Bytes::new()).unwrap());
    let asked = fleet.emulator.requests(Endpoint::Token);

    for browser in &mut browsers {
        let page = browser.look_at("/page").await;
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(page.header("retry-after"), "120");
    }
    // A clock that is an hour slow waits no longer for it.
    fleet.clock.rewind(Duration::from_secs(3600));
    let page = browsers[1].look_at("/page").await;
    assert_eq!(page.status(), StatusCode::OK, "by this clock the token is valid");
    fleet.clock.advance(Duration::from_secs(3600 + 120));

    assert_eq!(fleet.emulator.requests(Endpoint::Token), asked + 1);
    assert_eq!(browsers[1].look_at("/page").await.status(), StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn while_a_token_is_valid_nobody_waits_for_another_process() {
    let fleet = Fleet::new(2, SESSIONS);
    let browsers = fleet.browsers().await;
    fleet.pass(Duration::from_secs(58)).await;
    let held = fleet.emulator.hold_next(Endpoint::Token);

    let from = Instant::now();
    for browser in [&browsers[0], &browsers[1], &browsers[0]] {
        assert_eq!(request(browser).await.unwrap().0, StatusCode::OK);
    }

    assert_eq!(from.elapsed(), Duration::ZERO);
    until(|| fleet.emulator.refreshes() == 1).await;
    drop(held);
}

#[tokio::test(start_paused = true)]
async fn cc_12_a_store_that_panics_wedges_no_session() {
    for step in ["load", "insert", "acquire", "replace"] {
        let fleet = Fleet::new(1, COOKIES);
        let browsers = fleet.browsers().await;
        fleet.pass(PAST).await;
        fleet.stores[0].panic_next(step);

        let (first, browser) = request(&browsers[0]).await.unwrap();
        fleet.pass(LEASE).await;
        let (second, _) = request(&browser).await.unwrap();

        assert_eq!(first, StatusCode::SERVICE_UNAVAILABLE, "{step}");
        assert_eq!(second, StatusCode::OK, "{step}");
    }
}

#[tokio::test(start_paused = true)]
async fn sr_02_a_row_that_is_put_back_moved_or_made_up_is_not_believed() {
    let fleet = Fleet::new(1, COOKIES);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    assert_eq!(request(&browsers[0]).await.unwrap().0, StatusCode::OK);
    let (key, version, value) = fleet.row().await;
    let given = fleet.stores[0].given();
    let (_, first) = given.iter().find(|(name, _)| *name == key).unwrap();
    fleet.pass(PAST).await;

    for forged in [first.as_slice(), b"", b"AAAA", &value[1..]] {
        let row = fleet.stores[0].load(&key).await.unwrap().unwrap();
        fleet.stores[0].replace(&key, row.version, forged, PAST, None).await.unwrap();
        let (status, _) = request(&browsers[0]).await.unwrap();
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        fleet.clock.advance(Duration::from_secs(1));
        let after = fleet.stores[0].load(&key).await.unwrap().unwrap();
        assert_eq!(after.value, forged, "what cannot be read is another's");
    }
    assert_eq!((version, fleet.emulator.refreshes()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn a_store_that_has_forgotten_a_commit_is_brought_forward() {
    let fleet = Fleet::new(2, COOKIES);
    let mut browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    assert_eq!(browsers[0].look_at("/page").await.status(), StatusCode::OK);
    let (key, ..) = fleet.row().await;
    fleet.stores[0].remove(&key).await.unwrap();
    *browsers[1].jar_mut() = browsers[0].jar().clone();

    for generation in 2..=4 {
        fleet.pass(PAST).await;
        for browser in &mut browsers {
            assert_eq!(browser.look_at("/page").await.status(), StatusCode::OK);
        }
        assert_eq!(fleet.emulator.refreshes(), generation);
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_on_any_process_acts_for_an_account_and_ends_with_it_on_every_one() {
    let fleet = Fleet::new(2, SESSIONS);
    let mut browsers = fleet.browsers().await;
    for process in &fleet.processes {
        fleet.pass(PAST).await;
        assert_eq!(call(&process.oauth.client_for("ada").await.unwrap()).await, Ok(StatusCode::OK));
    }
    log_out(&mut browsers[0]).await;
    fleet.pass(PAST).await;
    let client = fleet.processes[1].oauth.client_for("ada").await.unwrap();
    assert_eq!(call(&client).await, Ok(StatusCode::OK), "a browser's logout is not the account's");

    let accounts = Accounts::in_store(fleet.stores[0].clone(), key_ring());
    accounts.forget(fleet.processes[0].oauth.instance(), "ada").await.unwrap();

    let gone = fleet.processes[1].oauth.client_for("ada").await.unwrap_err();
    assert_eq!(gone.code(), "reconnect");
    assert_eq!(fleet.emulator.refreshes(), 3);
}

/// A process whose exchange has succeeded, and whose store does not take what came of it.
async fn with_an_unsettled_commit(fleet: &Fleet, browser: &Browser) -> Browser {
    let unlucky = fleet.stuck(browser, Gate::AFTER).await;
    fleet.stores[0].set_down(true);
    fleet.gates[0].open();
    let (status, browser) = unlucky.await.unwrap();
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    fleet.stores[0].set_down(false);
    fleet.pass(LEASE).await;
    browser
}

#[tokio::test(start_paused = true)]
async fn a_late_tab_does_not_make_a_process_forget_what_it_has_to_commit() {
    let fleet = Fleet::new(1, COOKIES);
    let late = fleet.browsers().await.remove(0);
    let mut browser = late.clone();
    fleet.pass(PAST).await;
    for _ in 0..2 {
        assert_eq!(browser.look_at("/page").await.status(), StatusCode::OK);
    }
    fleet.pass(PAST).await;
    let browser = with_an_unsettled_commit(&fleet, &browser).await;

    assert_eq!(request(&late).await.unwrap().0, StatusCode::OK);
    assert_eq!(request(&browser).await.unwrap().0, StatusCode::OK);

    assert_eq!(fleet.emulator.refreshes(), 2);
}

#[tokio::test(start_paused = true)]
async fn cc_07_what_was_never_committed_is_given_back_after_a_logout() {
    let fleet = Fleet::without_accounts(2, COOKIES);
    let mut browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    let browser = with_an_unsettled_commit(&fleet, &browsers[0]).await;

    log_out(&mut browsers[1]).await;

    assert_eq!(request(&browser).await.unwrap().0, StatusCode::SEE_OTHER);
    assert_eq!(fleet.emulator.requests(Endpoint::Revocation), 1);
    assert_eq!(fleet.emulator.refreshes(), 1);
}

#[tokio::test(start_paused = true)]
async fn cc_04_a_process_that_was_held_up_commits_though_another_has_tried_in_vain() {
    let fleet = Fleet::new(2, SESSIONS);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    let slow = fleet.stuck(&browsers[0], Gate::AFTER).await;
    fleet.stores[0].set_down(true);
    tokio::time::advance(LEASE).await;
    fleet.emulator.lose_next_request(Endpoint::Token);
    assert_eq!(request(&browsers[1]).await.unwrap().0, StatusCode::SERVICE_UNAVAILABLE);

    fleet.stores[0].set_down(false);
    fleet.gates[0].open();

    assert_eq!(slow.await.unwrap().0, StatusCode::OK);
    fleet.pass(Duration::from_secs(1)).await;
    assert_eq!(request(&browsers[1]).await.unwrap().0, StatusCode::OK);
    assert_eq!(fleet.emulator.refreshes(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_that_is_kept_takes_nothing_newer_of_another_process_back() {
    // What a process was given is still known to it when another is given something.
    let lifetime = Duration::from_secs(20);
    let emulated = |emulator: Emulator| emulator.omit_refresh_token().expire_in(lifetime);
    let fleet = Fleet::with(2, SESSIONS, emulated);
    let _browsers = fleet.browsers().await;
    for process in &fleet.processes {
        fleet.pass(lifetime).await;
        assert_eq!(call(&process.oauth.client_for("ada").await.unwrap()).await, Ok(StatusCode::OK));
    }
    let before = fleet.row().await;

    let client = fleet.processes[0].oauth.client_for("ada").await.unwrap();

    assert_eq!(call(&client).await, Ok(StatusCode::OK));
    assert_eq!(fleet.emulator.refreshes(), 2);
    assert_eq!(fleet.row().await, before);
}

#[tokio::test(start_paused = true)]
async fn sr_03_what_a_store_was_too_long_away_to_take_is_committed_when_it_comes_back() {
    let fleet = Fleet::new(2, SESSIONS);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    with_an_unsettled_commit(&fleet, &browsers[0]).await;

    // Nobody has come to that process again.
    let (status, _) = request(&browsers[1]).await.unwrap();

    assert_eq!(status, StatusCode::OK);
    assert_eq!(fleet.emulator.refreshes(), 1);
}

#[tokio::test(start_paused = true)]
async fn cc_13_a_session_that_is_used_during_a_renewal_is_longer_and_renewed() {
    let at = |minutes: u64, seconds: u64| Duration::from_secs(minutes * 60 + seconds);
    let remember: Remember =
        |store| Arc::new(Sessions::new(store, key_ring()).idle(Duration::from_secs(600)));
    let fleet = Fleet::with(2, remember, |emulator| emulator.expire_in(Duration::from_secs(1200)));
    let browsers = fleet.browsers().await;
    for time in [at(9, 0), at(9, 35)] {
        fleet.pass(time).await;
        assert_eq!(request(&browsers[1]).await.unwrap().0, StatusCode::OK);
    }
    // The token is due, and still good.
    fleet.pass(at(0, 56)).await;
    fleet.gates[0].close(Gate::AFTER);
    assert_eq!(request(&browsers[0]).await.unwrap().0, StatusCode::OK);
    until(|| fleet.gates[0].is_waited_at()).await;

    fleet.stores[1].steps();
    // Slowly enough for the lease to be renewed.
    for _ in 0..7 {
        fleet.pass(at(0, 4)).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(request(&browsers[1]).await.unwrap().0, StatusCode::OK);
    assert_eq!(fleet.stores[1].steps().get("touch"), Some(&1));
    fleet.gates[0].open();
    until(|| fleet.stores[0].steps().contains_key("replace")).await;

    fleet.pass(at(9, 30)).await;
    for browser in &browsers {
        assert_eq!(request(browser).await.unwrap().0, StatusCode::OK);
    }
    assert_eq!(fleet.emulator.refreshes(), 1);
}

#[tokio::test(start_paused = true)]
async fn sr_10_a_store_that_went_back_by_a_version_costs_one_login_at_most() {
    for (knows_the_successor, status) in [(true, StatusCode::OK), (false, StatusCode::SEE_OTHER)] {
        let fleet = Fleet::without_accounts(2, SESSIONS);
        let browsers = fleet.browsers().await;
        let mut other = fleet.processes[1].browser();
        other.open("/").await;
        fleet.pass(PAST).await;
        let session = fleet.stores[0].given().remove(0);
        assert_eq!(request(&browsers[0]).await.unwrap().0, StatusCode::OK);
        let login = fleet.row().await.0;
        let given = fleet.stores[0].given();
        let before = given.iter().find(|(key, _)| *key == login).unwrap();
        for (key, value) in [&session, before] {
            assert!(fleet.stores[0].remove(key).await.unwrap());
            assert!(fleet.stores[0].insert(key, value, PAST * 60, &[]).await.unwrap());
        }

        let process = usize::from(!knows_the_successor);
        for _ in 0..2 {
            assert_eq!(request(&browsers[process]).await.unwrap().0, status);
        }

        assert_eq!(fleet.emulator.refreshes(), 1 + process, "it is presented once");
        assert_eq!(other.look_at("/page").await.status(), StatusCode::OK);
    }
}

#[tokio::test(start_paused = true)]
async fn cc_07_a_logout_while_the_store_is_away_is_not_undone_when_it_is_back() {
    for is_committed_late in [false, true] {
        let fleet = Fleet::without_accounts(2, COOKIES);
        let mut browsers = fleet.browsers().await;
        fleet.pass(PAST).await;
        let unlucky = fleet.stuck(&browsers[0], Gate::AFTER).await;
        fleet.stores[0].set_down(true);
        if is_committed_late {
            fleet.gates[0].open();
            assert_eq!(unlucky.await.unwrap().0, StatusCode::SERVICE_UNAVAILABLE);
            log_out(&mut browsers[0]).await;
            fleet.stores[0].set_down(false);
        } else {
            log_out(&mut browsers[0]).await;
            fleet.stores[0].set_down(false);
            fleet.gates[0].open();
            assert_eq!(unlucky.await.unwrap().0, StatusCode::SEE_OTHER);
        }
        fleet.pass(LEASE).await;
        fleet.processes[0].oauth.drain().await;

        assert_eq!(request(&browsers[1]).await.unwrap().0, StatusCode::SEE_OTHER);
        assert_eq!(fleet.emulator.refreshes(), 1);
        assert_eq!(fleet.emulator.requests(Endpoint::Revocation), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn sr_03_a_logout_over_a_store_that_fails_ends_no_account() {
    let fleet = Fleet::new(1, COOKIES);
    let mut browsers = fleet.browsers().await;
    fleet.stores[0].fail_next("load");

    log_out(&mut browsers[0]).await;

    fleet.pass(PAST).await;
    let client = fleet.processes[0].oauth.client_for("ada").await.unwrap();
    assert_eq!(call(&client).await, Ok(StatusCode::OK));
    assert_eq!(request(&browsers[0]).await.unwrap().0, StatusCode::SEE_OTHER);
}

#[tokio::test(start_paused = true)]
async fn a_process_that_ends_waits_for_what_the_store_has_not_taken() {
    let fleet = Fleet::new(2, COOKIES);
    let browsers = fleet.browsers().await;
    fleet.pass(PAST).await;
    let unlucky = fleet.stuck(&browsers[0], Gate::AFTER).await;
    fleet.stores[0].set_down(true);
    fleet.gates[0].open();
    assert_eq!(unlucky.await.unwrap().0, StatusCode::SERVICE_UNAVAILABLE);

    let oauth = fleet.processes[0].oauth.clone();
    let drained = tokio::spawn(async move { oauth.drain().await });
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    assert!(!drained.is_finished());
    fleet.stores[0].set_down(false);
    fleet.pass(LEASE).await;
    drained.await.unwrap();

    assert_eq!(request(&browsers[1]).await.unwrap().0, StatusCode::OK);
    assert_eq!(fleet.emulator.refreshes(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_that_is_kept_is_not_revoked_by_a_logout_that_meets_a_renewal() {
    for (emulated, revoked) in
        [(Emulator::omit_refresh_token as fn(Emulator) -> Emulator, 0), (|emulator| emulator, 1)]
    {
        let fleet = Fleet::of(1, emulated, |builder, store| builder.persistence(COOKIES(store)));
        let mut browsers = fleet.browsers().await;
        fleet.pass(PAST).await;
        let slow = fleet.stuck(&browsers[0], Gate::AFTER).await;

        log_out(&mut browsers[0]).await;
        fleet.gates[0].open();

        assert_eq!(slow.await.unwrap().0, StatusCode::SEE_OTHER);
        fleet.processes[0].oauth.drain().await;
        assert_eq!(fleet.emulator.requests(Endpoint::Revocation), revoked);
    }
}
