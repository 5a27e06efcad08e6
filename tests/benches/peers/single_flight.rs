//! P7: many tasks with one token that has expired, at a provider that rotates.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::store::MemoryStore;
use oauth_providers::{
    ApiClient, Emulator, EncryptedCookies, HttpClient, OAuth, OAuthPersistence, Sessions,
};
use oauth_tests::{StoppedClock, key_ring};
use tokio::runtime::Runtime;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::application::{Bench, REDIRECT_URI};
use crate::loopback::{exchange, refresh_form};
use crate::table::{Aim, Case, Row, Seen};

const TASKS: usize = 10_000;
const ROUNDS: usize = 31;

pub(crate) fn row() -> Row {
    let runtime = Runtime::new().unwrap();
    let cases = vec![
        Case::floor("bare tokio `Mutex`", || runtime.block_on(floor())),
        Case::ours("`ApiClient`", || runtime.block_on(in_process())),
        Case::ours("over a store in memory", || runtime.block_on(over_a_store(1))),
        Case::ours("10 applications that share one", || runtime.block_on(over_a_store(10))),
    ];
    let seen = Seen::in_turns(ROUNDS, 1, cases);
    let of_the_floor = |case| seen.ratio(case, "bare tokio `Mutex`");
    let aims = vec![
        Aim::at_most(1.2, "of the bare single flight", of_the_floor("`ApiClient`")),
        Aim::at_most(1.2, "over a store in memory", of_the_floor("over a store in memory")),
    ];
    Row { work: "10,000 tasks, one expired rotating token, one exchange", seen, aims }
}

fn emulator(clock: &StoppedClock) -> Emulator {
    let emulator = Emulator::of(Bench).clock(clock.clone()).expire_in(Duration::from_secs(60));
    emulator.rotate_refresh().revoke_family_on_reuse()
}

/// The guard of a process.
async fn in_process() -> Duration {
    let persistence = EncryptedCookies::new(key_ring()).single_process();
    ours(&[Arc::new(persistence)]).await
}

/// The guard in a store that so many applications share, as processes do.
async fn over_a_store(applications: usize) -> Duration {
    let store = MemoryStore::new();
    let sessions = || Arc::new(Sessions::new(store.clone(), key_ring())) as _;
    ours(&Vec::from_iter((0..applications).map(|_| sessions()))).await
}

/// The tasks, spread over applications that keep their tokens like this.
async fn ours(persistences: &[Arc<dyn OAuthPersistence>]) -> Duration {
    let clock = StoppedClock::new();
    let emulator = emulator(&clock);
    let refresh_token = emulator.refresh_token_of("1815");
    let clients: Vec<ApiClient<Bench>> = persistences
        .iter()
        .map(|persistence| {
            let bench = OAuth::builder(Bench)
                .client_id(Emulator::CLIENT_ID)
                .client_secret(Emulator::CLIENT_SECRET)
                .redirect_uri(REDIRECT_URI)
                .persistence(Arc::clone(persistence))
                .http_client(emulator.clone())
                .clock(clock.clone())
                .build()
                .unwrap();
            bench.offline(refresh_token.clone())
        })
        .collect();

    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for client in clients.iter().cycle().take(TASKS) {
        let client = client.clone();
        tasks.spawn(async move { client.get("/x").unwrap().send().await.unwrap().status() });
    }
    let answers = tasks.join_all().await;
    let took = start.elapsed();

    assert!(answers.iter().all(StatusCode::is_success), "no task fails");
    assert_eq!(emulator.refreshes(), 1, "exactly one exchange");
    took
}

/// The same with a lock around the exchange, and nothing else.
async fn floor() -> Duration {
    let clock = StoppedClock::new();
    let emulator = emulator(&clock);
    let refresh_form = refresh_form(&emulator.refresh_token_of("1815"));
    let state: Arc<Mutex<Option<String>>> = Arc::default();

    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let (state, emulator, refresh_form) =
            (Arc::clone(&state), emulator.clone(), refresh_form.clone());
        tasks.spawn(async move {
            let token = {
                let mut state = state.lock().await;
                if state.is_none() {
                    *state = Some(exchange(&emulator, refresh_form).await);
                }
                state.clone().unwrap()
            };
            let call = Request::get("https://bench.example/api/x")
                .header("authorization", format!("Bearer {token}"));
            let answer = HttpClient::call(&emulator, call.body(Bytes::new()).unwrap()).await;
            answer.unwrap().status()
        });
    }
    let answers = tasks.join_all().await;
    let took = start.elapsed();

    assert!(answers.iter().all(StatusCode::is_success), "no task fails");
    took
}
