//! Sessions whose tokens stand in a store.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::store::{MemoryStore, Store};
use oauth_providers::{
    Accounts, Admission, Emulator, EncryptedCookies, Fault, KeyRing, OAuth, OAuthPersistence,
    Sessions,
};
use oauth_tests::{Browser, StoppedClock, WatchedStore, World, key_ring};

use crate::providers::Acme;

const COOKIE: &str = "__Host-oauth-acme";

const HOUR: Duration = Duration::from_secs(3600);

/// An application with sessions in a store that is looked at.
fn world(configure: impl FnOnce(Sessions) -> Sessions) -> (World<Acme>, Sessions, WatchedStore) {
    let store = WatchedStore::new(MemoryStore::new());
    let sessions = configure(Sessions::new(store.clone(), key_ring()));
    let (clock, kept) = (StoppedClock::new(), sessions.clone());
    let emulator = Emulator::of(Acme).clock(clock.clone()).rotate_refresh();
    let world = World::around(Acme, emulator, clock, |builder| {
        builder.persistence(kept).on_login(|_| async { Ok(Admission::new().account("acct-7")) })
    });
    (world, sessions, store)
}

/// Lets time pass for the application and for the store.
async fn pass(world: &World<Acme>, time: Duration) {
    world.clock.advance(time);
    tokio::time::advance(time).await;
}

/// How many sessions are kept.
async fn sessions_in(store: &WatchedStore) -> usize {
    let keys: BTreeSet<String> = store.given().into_iter().map(|(key, _)| key).collect();
    let mut found = 0;
    for key in keys.iter().filter(|key| key.starts_with("session:")) {
        found += usize::from(store.load(key).await.unwrap().is_some());
    }
    found
}

async fn is_logged_in(browser: &mut Browser) -> bool {
    match browser.look_at("/").await.status() {
        StatusCode::OK => true,
        StatusCode::SEE_OTHER => false,
        other => panic!("{other}"),
    }
}

#[tokio::test(start_paused = true)]
async fn ck_14_the_browser_holds_an_identifier_and_the_store_neither_it_nor_a_token() {
    let (world, _, store) = world(|it| it);
    let mut browser = world.browser();

    assert_eq!(browser.open("/inbox").await.text(), "acct-7 reads /inbox");

    let id = browser.jar().value(COOKIE).unwrap().to_owned();
    assert_eq!(id.len(), 43, "256 random bits: {id}");
    let answer = world.sent.exchanges()[0].response.clone().unwrap();
    let answer: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
    let tokens = ["access_token", "refresh_token"].map(|name| answer[name].as_str().unwrap());
    for (key, value) in store.given() {
        let row = format!("{key} {}", String::from_utf8_lossy(&value));
        for secret in tokens.into_iter().chain([&*id, "acct-7"]) {
            assert!(!row.contains(secret), "{row}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_with_a_valid_token_is_one_look_into_the_store_and_no_write() {
    let (world, _, store) = world(|it| it.idle(HOUR));
    let mut browser = world.browser();
    browser.open("/").await;
    store.steps();

    for _ in 0..3 {
        assert!(is_logged_in(&mut browser).await);
    }

    assert_eq!(store.steps(), BTreeMap::from([("load", 3)]));
}

#[tokio::test(start_paused = true)]
async fn sr_01_a_login_changes_the_identifier_and_ends_the_session_before() {
    let (world, _, store) = world(|it| it);
    let mut browser = world.browser();
    browser.open("/").await;
    let mut thief = browser.clone();
    thief.jar_mut().remove("__Host-oauth-acme.arrived");

    browser.open("/oauth/acme/login").await;

    assert_ne!(browser.jar().value(COOKIE), thief.jar().value(COOKIE));
    assert!(is_logged_in(&mut browser).await && !is_logged_in(&mut thief).await);
    assert_eq!(sessions_in(&store).await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_logout_ends_the_session_whatever_copies_of_its_cookie_there_are() {
    let (world, _, store) = world(|it| it);
    let mut browser = world.browser();
    browser.open("/").await;
    let mut copy = browser.clone();
    copy.jar_mut().remove("__Host-oauth-acme.arrived");

    browser.send(Request::post("/logout").body(Bytes::new()).unwrap()).await;

    assert!(!is_logged_in(&mut copy).await);
    assert_eq!(sessions_in(&store).await, 0);
    assert_eq!(browser.jar().value(COOKIE), None);
}

#[tokio::test(start_paused = true)]
async fn sr_09_an_account_is_logged_out_in_every_browser_and_no_other_account() {
    let (world, sessions, _) = world(|it| it);
    let mut browsers = [world.browser(), world.browser(), world.browser()];
    for browser in &mut browsers {
        browser.open("/").await;
    }

    let instance = world.oauth.instance();
    assert_eq!(sessions.end_all(instance, "acct-8").await.unwrap(), 0);
    assert_eq!(sessions.end_all(instance, "acct-7").await.unwrap(), 3);

    for browser in &mut browsers {
        browser.jar_mut().remove("__Host-oauth-acme.arrived");
        assert!(!is_logged_in(browser).await);
    }
    assert_eq!(sessions.end_all(instance, "acct-7").await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn ck_04_a_session_is_over_after_its_lifetime_however_it_was_used() {
    let (world, _, store) = world(|it| it.lifetime(HOUR * 10).idle(HOUR * 2));
    let mut browser = world.browser();
    browser.open("/").await;
    browser.jar_mut().remove("__Host-oauth-acme.arrived");

    for hour in 1..10 {
        pass(&world, HOUR).await;
        assert!(is_logged_in(&mut browser).await, "{hour}");
    }
    pass(&world, HOUR).await;

    assert!(!is_logged_in(&mut browser).await);
    assert!(store.load(&store.given()[0].0).await.unwrap().is_none());
}

#[tokio::test(start_paused = true)]
async fn ck_04_a_session_that_nobody_uses_is_over() {
    let (world, _, _) = world(|it| it.idle(HOUR));
    let mut browser = world.browser();
    browser.open("/").await;
    browser.jar_mut().remove("__Host-oauth-acme.arrived");

    for _ in 0..6 {
        pass(&world, HOUR / 2).await;
        assert!(is_logged_in(&mut browser).await);
    }
    pass(&world, HOUR).await;

    assert!(!is_logged_in(&mut browser).await);
}

#[tokio::test(start_paused = true)]
async fn the_store_is_told_of_a_use_when_a_tenth_of_the_idle_time_has_passed() {
    let (world, _, store) = world(|it| it.idle(HOUR));
    let mut browser = world.browser();
    browser.open("/").await;
    store.steps();

    for _ in 0..60 {
        pass(&world, Duration::from_secs(30)).await;
        assert!(is_logged_in(&mut browser).await);
    }

    assert_eq!(store.steps(), BTreeMap::from([("load", 60), ("touch", 4)]));
}

#[tokio::test(start_paused = true)]
async fn a_renewed_token_is_every_tabs_and_the_cookie_stays() {
    let (world, _, store) = world(|it| it);
    let mut browser = world.browser();
    browser.open("/").await;
    let id = browser.jar().value(COOKIE).unwrap().to_owned();
    let mut tab = browser.clone();
    store.steps();
    pass(&world, HOUR).await;

    assert!(is_logged_in(&mut browser).await && is_logged_in(&mut tab).await);

    assert_eq!(world.emulator.refreshes(), 1);
    // The login's row, and the session's.
    assert_eq!(store.steps()["replace"], 2);
    assert_eq!(browser.jar().value(COOKIE), Some(id.as_str()));
    pass(&world, HOUR).await;
    assert!(is_logged_in(&mut tab).await, "the refresh token that was rotated to is in the store");
    assert_eq!(world.emulator.refreshes(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_lands_after_the_logout_brings_nothing_back() {
    let (world, sessions, store) = world(|it| it);
    let mut browser = world.browser();
    browser.open("/").await;
    pass(&world, HOUR).await;
    let held = world.emulator.hold_next(oauth_providers::Endpoint::Token);
    let mut slow = browser.clone();
    let request = tokio::spawn(async move { slow.look_at("/").await.status() });
    while world.emulator.refreshes() == 0 {
        tokio::task::yield_now().await;
    }

    assert_eq!(sessions.end_all(world.oauth.instance(), "acct-7").await.unwrap(), 1);
    drop(held);
    request.await.unwrap();

    assert_eq!(sessions_in(&store).await, 0);
    browser.jar_mut().remove("__Host-oauth-acme.arrived");
    assert!(!is_logged_in(&mut browser).await);
}

#[tokio::test(start_paused = true)]
async fn sr_03_a_store_that_is_down_logs_nobody_out() {
    let (world, _, store) = world(|it| it);
    let mut browser = world.browser();
    browser.open("/").await;
    let mut stranger = world.browser();
    let callback = stranger.begin_and_agree("/").await;

    store.set_down(true);
    assert_eq!(browser.look_at("/").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(stranger.arrive(&callback).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    let logout = Request::post("/logout").body(Bytes::new()).unwrap();
    assert_eq!(browser.send(logout).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    store.set_down(false);

    assert!(is_logged_in(&mut browser).await);
}

#[tokio::test(start_paused = true)]
async fn sr_02_a_row_of_another_session_or_of_nobody_is_no_session() {
    let (world, _, store) = world(|it| it);
    let (mut one, mut other) = (world.browser(), world.browser());
    one.open("/").await;
    other.open("/").await;
    let [(first, _), (second, value)] = &store.given()[..] else { panic!("two rows") };

    for value in [value.clone(), b"garbage".to_vec(), Vec::new()] {
        let version = store.load(first).await.unwrap().unwrap().version;
        store.replace(first, version, &value, HOUR, None).await.unwrap();
        one.jar_mut().remove("__Host-oauth-acme.arrived");
        assert!(!is_logged_in(&mut one).await);
        let left = store.load(first).await.unwrap().unwrap();
        assert_eq!(left.value, value, "a newer version of the library may have written it");
    }
    assert!(is_logged_in(&mut other).await);
    assert!(store.load(second).await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn sr_05_nothing_of_a_session_outlives_its_time() {
    let rows = MemoryStore::new();
    let store = WatchedStore::new(rows.clone());
    let (kept, clock) = (store.clone(), StoppedClock::new());
    let emulator = Emulator::of(Acme).clock(clock.clone()).rotate_refresh();
    let world = World::around(Acme, emulator, clock, |builder| {
        let accounts = Accounts::in_store(kept.clone(), key_ring()).lifetime(HOUR * 24 * 7);
        let persistence = Sessions::new(kept, key_ring()).idle(HOUR * 2);
        let named = |_| async { Ok(Admission::new().account("acct-7")) };
        builder.persistence(persistence).accounts(accounts).on_login(named)
    });
    let mut browsers = [world.browser(), world.browser()];
    for browser in &mut browsers {
        browser.open("/").await;
        pass(&world, HOUR).await;
        assert!(is_logged_in(browser).await);
    }
    browsers[0].send(Request::post("/logout").body(Bytes::new()).unwrap()).await;
    let kinds = |(key, _): (String, _)| key.split(':').next().unwrap().to_owned();
    let kinds: BTreeSet<String> = store.given().into_iter().map(kinds).collect();
    assert_eq!(Vec::from_iter(&kinds), ["login", "session", "tokens"]);

    pass(&world, HOUR * 24 * 7).await;

    for (key, _) in store.given() {
        assert!(store.load(&key).await.unwrap().is_none(), "{key}");
    }
    for index in 0..8 {
        rows.insert(&format!("new{index}"), b"", HOUR, &[]).await.unwrap();
    }
    assert_eq!(rows.len(), 8);
}

#[tokio::test(start_paused = true)]
async fn sr_05_a_renewed_login_is_kept_as_long_as_its_session_unless_it_is_an_accounts() {
    let week = HOUR * 24 * 7;
    for (account, lifetime) in [(None, week), (Some("acct-7"), HOUR * 24 * 366)] {
        let store = WatchedStore::new(MemoryStore::new());
        let (kept, clock) = (store.clone(), StoppedClock::new());
        let emulator = Emulator::of(Acme).clock(clock.clone()).rotate_refresh();
        let world = World::around(Acme, emulator, clock, |builder| {
            builder.store(kept, key_ring()).on_login(move |_| async move {
                let admission = Admission::new();
                Ok(account.map_or(admission.clone(), |account| admission.account(account)))
            })
        });
        let mut browser = world.browser();
        browser.open("/").await;
        pass(&world, HOUR).await;
        assert!(is_logged_in(&mut browser).await);

        let given = store.given();
        let (login, _) = given.iter().find(|(key, _)| key.starts_with("login:")).unwrap();
        assert_eq!(store.load(login).await.unwrap().unwrap().left, lifetime, "{account:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn sr_06_what_an_account_is_called_is_nothing_to_a_store() {
    let names = ["", "a'; DROP TABLE oauth_rows; --", "%", "*", "a\0b", "a\r\nDEL x", "{tag}", "ä"];
    let long = "x".repeat(10 * 1024);
    let mut seen = BTreeSet::new();
    for name in names.into_iter().chain([long.as_str()]) {
        let store = WatchedStore::new(MemoryStore::new());
        let (kept, account) = (store.clone(), name.to_owned());
        let clock = StoppedClock::new();
        let emulator = Emulator::of(Acme).clock(clock.clone()).rotate_refresh();
        let world = World::around(Acme, emulator, clock, |builder| {
            let accounts = Accounts::in_store(kept.clone(), key_ring());
            let named = move |_| {
                let account = account.clone();
                async { Ok(Admission::new().account(account)) }
            };
            builder.persistence(Sessions::new(kept, key_ring())).accounts(accounts).on_login(named)
        });
        world.browser().open("/").await;

        let client = world.oauth.client_for(name).await.unwrap();
        assert_eq!(client.get("/x").unwrap().send().await.unwrap().status(), StatusCode::OK);
        assert_eq!(world.oauth.client_for("somebody").await.unwrap_err().code(), "reconnect");
        for (key, _) in store.given() {
            let (kind, hash) = key.split_once(':').unwrap();
            assert!(["session", "tokens", "login"].contains(&kind), "{key}");
            let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_".contains(&it);
            assert!(hash.len() == 43 && hash.bytes().all(is_plain), "{key}");
            assert!(kind != "tokens" || seen.insert(key), "{name:?} is another account");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn sr_08_a_store_that_is_full_refuses_the_next_login_and_ends_no_session() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone());
    let world = World::around(Acme, emulator, clock, |builder| {
        builder.persistence(Sessions::new(MemoryStore::new().most(1), key_ring()))
    });
    let (mut first, mut second) = (world.browser(), world.browser());
    first.open("/").await;

    let refused = second.open("/").await;

    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(is_logged_in(&mut first).await);
    pass(&world, HOUR * 24 * 8).await;
    assert_eq!(second.open("/").await.status(), StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn sr_08_logins_that_nobody_finishes_cost_the_store_nothing() {
    let (world, _, store) = world(|it| it);

    for _ in 0..1000 {
        let begun = world.browser().look_at("/").await;
        assert_eq!(begun.status(), StatusCode::SEE_OTHER);
    }

    assert_eq!(store.steps(), BTreeMap::new());
}

#[tokio::test(start_paused = true)]
async fn an_identifier_that_was_not_given_is_nobody_and_asks_the_store_at_most_once() {
    let (world, _, store) = world(|it| it);
    for value in
        ["", "x", "AAAA", &"A".repeat(43), &"A".repeat(44), &"=".repeat(43), &"A".repeat(4000)]
    {
        let request = Request::get("https://app.example/")
            .header("cookie", format!("{COOKIE}={value}"))
            .header("accept", "text/html");
        let page = world.browser().send(request.body(Bytes::new()).unwrap()).await;

        assert_eq!(page.status(), StatusCode::SEE_OTHER, "{value}");
        assert!(store.steps().values().sum::<usize>() <= 1, "{value}");
    }
}

#[test]
fn a_rotating_refresh_token_needs_no_word_where_there_is_a_store() {
    let keys = || KeyRing::generate().unwrap();
    let build = |persistence: Arc<dyn OAuthPersistence>| {
        OAuth::builder(Acme)
            .client_id("client")
            .client_secret("secret")
            .redirect_uri("https://app.example/callback")
            .persistence(persistence)
            .build()
    };

    let unguarded = build(Arc::new(EncryptedCookies::new(keys()))).unwrap_err();
    assert_eq!(unguarded.faults(), [Fault::Rotation]);
    let accounts_of_one_process = OAuth::builder(Acme)
        .client_id("client")
        .client_secret("secret")
        .redirect_uri("https://app.example/callback")
        .persistence(EncryptedCookies::new(keys()))
        .accounts(Accounts::in_memory().unwrap())
        .build();
    assert_eq!(accounts_of_one_process.unwrap_err().faults(), [Fault::Rotation]);
    let coordinated = EncryptedCookies::new(keys()).coordinator(MemoryStore::new());
    assert!(build(Arc::new(coordinated)).is_ok());
    assert!(build(Arc::new(Sessions::new(MemoryStore::new(), keys()))).is_ok());
}
