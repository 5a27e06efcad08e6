//! Logging out, by the user: here, and at the provider.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use oauth_providers::store::MemoryStore;
use oauth_providers::{
    Declaration, Declared, Emulator, EncryptedCookies, Endpoint, Hold, OAuthBuilder, OpenId,
    Provider as _, Sessions, SystemEntropy,
};
use oauth_tests::{Browser, Page, Site, WatchedStore, World, key_ring};
use serde_json::Value;
use url::Url;

use crate::oidc::{ADA, ISSUER, who, world_at, world_of};

/// An application with sessions in a store, which leaves the provider too.
fn world() -> World<OpenId> {
    world_with(|emulator| emulator, |builder| builder)
}

fn world_with(
    emulate: impl FnOnce(Emulator) -> Emulator,
    configure: impl FnOnce(OAuthBuilder<OpenId>) -> OAuthBuilder<OpenId>,
) -> World<OpenId> {
    world_of(emulate, |builder| {
        let sessions = Sessions::new(MemoryStore::new(), key_ring());
        let builder = builder.persistence(sessions).offline_access(true).after_logout("/goodbye");
        configure(builder.entropy(SystemEntropy))
    })
}

fn site(world: &World<OpenId>) -> Site {
    let oauth = &world.oauth;
    let router = Router::new()
        .fallback(who::<OpenId>)
        .layer(oauth.filter())
        .route("/goodbye", get(|| async { "goodbye" }))
        .route_service(oauth.callback_path(), oauth.callback())
        .route_service("/logout", oauth.logout())
        .route_service("/revoke", oauth.logout().revoke())
        .route_service("/leave", oauth.logout().end_session())
        .route_service("/leave-all", oauth.logout().revoke().end_session());
    Site::new(router)
}

async fn logged_in(world: &World<OpenId>) -> Browser {
    let mut browser = world.browser_of(site(world));
    assert_eq!(browser.open("/").await.text(), ADA);
    // Who has just come back and is not logged in would be told that the browser keeps no cookies.
    world.clock.advance(Duration::from_secs(20));
    browser
}

fn post(address: &str) -> Request<Bytes> {
    Request::post(address).body(Bytes::new()).unwrap()
}

/// Whether a page is shown without a login.
async fn is_logged_in(browser: &mut Browser) -> bool {
    match browser.look_at("/").await.status() {
        StatusCode::OK => true,
        StatusCode::SEE_OTHER => false,
        other => panic!("{other}"),
    }
}

/// The cookies of a browser, given to another one.
fn copied(world: &World<OpenId>, browser: &Browser) -> Browser {
    let mut copy = world.browser_of(site(world));
    *copy.jar_mut() = browser.jar().clone();
    copy
}

/// Where a logout sends the browser; it is logged out here in any case.
async fn leave(browser: &mut Browser, address: &str) -> Url {
    let page = browser.send(post(address)).await;
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(browser.jar().names(), [""; 0]);
    page.location().unwrap()
}

/// Has the next answer of an endpoint be a failure of this kind; a slow one is held until the value is dropped.
fn break_next(emulator: &Emulator, endpoint: Endpoint, what: &str) -> Option<Hold> {
    match what {
        "500" => emulator.fail_next(endpoint, StatusCode::INTERNAL_SERVER_ERROR),
        "400" => emulator.fail_next(endpoint, StatusCode::BAD_REQUEST),
        "lost" => emulator.lose_next_request(endpoint),
        _ => return Some(emulator.hold_next(endpoint)),
    }
    None
}

const GOODBYE: &str = "https://app.example/goodbye";

#[tokio::test]
async fn lo_01_a_logout_ends_the_session_and_no_other() {
    let world = world();
    let (mut browser, mut other) = (logged_in(&world).await, logged_in(&world).await);
    let mut copy = copied(&world, &browser);
    assert!(is_logged_in(&mut copy).await);

    assert_eq!(leave(&mut browser, "/revoke").await.as_str(), GOODBYE);

    assert!(!is_logged_in(&mut copy).await, "the old cookie is of nobody");
    assert!(!is_logged_in(&mut browser).await);
    assert!(is_logged_in(&mut other).await);
    assert_eq!(world.emulator.requests(Endpoint::Revocation), 1);
}

#[tokio::test(start_paused = true)]
async fn lo_01_a_provider_that_is_down_keeps_nobody_logged_in() {
    let revocation = Endpoint::Revocation;
    for what in ["500", "400", "lost", "slow"] {
        let world = world();
        let mut browser = logged_in(&world).await;
        let mut copy = copied(&world, &browser);
        let held = break_next(&world.emulator, revocation, what);
        let begun = tokio::time::Instant::now();

        let gone = leave(&mut browser, "/leave-all").await;

        assert_eq!(gone.path(), "/end_session", "{what}");
        assert!(begun.elapsed() <= Duration::from_secs(2), "{what}");
        assert!(!is_logged_in(&mut copy).await, "{what}");
        assert_eq!(world.emulator.requests(revocation), 1, "{what}");
        drop(held);
    }
}

#[tokio::test]
async fn lo_01_a_session_whose_token_has_expired_is_ended_too() {
    let world = world();
    let mut browser = logged_in(&world).await;
    let mut copy = copied(&world, &browser);
    world.clock.advance(Duration::from_secs(3601));

    assert_eq!(leave(&mut browser, "/revoke").await.as_str(), GOODBYE);

    assert!(!is_logged_in(&mut copy).await);
    assert_eq!(world.emulator.requests(Endpoint::Revocation), 1);
    assert_eq!(world.emulator.refreshes(), 0, "nothing is renewed to be given back");
}

#[tokio::test]
async fn lo_01_who_is_not_logged_in_is_logged_out() {
    let world = world();
    for address in ["/logout", "/revoke", "/leave", "/leave-all"] {
        let mut browser = world.browser_of(site(&world));
        assert_eq!(leave(&mut browser, address).await.as_str(), GOODBYE, "{address}");
    }
    assert_eq!(world.sent.count(), 0);
}

/// A session that takes several cookies, and a login that is under way.
#[tokio::test]
async fn lo_01_every_cookie_goes_also_those_of_a_large_session() {
    let world = world_of(
        |emulator| emulator.token_member("padding", "x".repeat(5_000)),
        |builder| {
            let cookies = EncryptedCookies::new(key_ring()).single_process().most_cookies(4);
            builder.persistence(cookies).after_logout("/goodbye")
        },
    );
    let mut browser = logged_in(&world).await;
    browser.begin(world.oauth.login_path()).await;
    assert!(browser.jar().names().len() >= 4, "{:?}", browser.jar().names());

    assert_eq!(leave(&mut browser, "/logout").await.as_str(), GOODBYE);
}

#[tokio::test]
async fn lo_01_while_the_store_is_down_nobody_is_told_that_they_are_logged_out() {
    let store = WatchedStore::new(MemoryStore::new());
    let kept = store.clone();
    let world = world_with(|it| it, |it| it.persistence(Sessions::new(kept, key_ring())));
    let mut browser = logged_in(&world).await;
    store.set_down(true);

    let page = browser.send(post("/leave-all")).await;

    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.location().is_none());
    store.set_down(false);
    let mut copy = copied(&world, &browser);
    leave(&mut browser, "/leave-all").await;
    assert!(!is_logged_in(&mut copy).await);
}

#[tokio::test]
async fn lo_02_no_page_of_another_site_logs_anybody_out() {
    let world = world();
    let mut browser = logged_in(&world).await;
    for address in ["/logout", "/revoke", "/leave", "/leave-all"] {
        for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS] {
            let request = Request::builder().method(method.clone()).uri(address);
            let request = request.header("sec-fetch-dest", "image").body(Bytes::new()).unwrap();
            let page = browser.send_from_another_site(request).await;
            assert_eq!(page.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {address}");
            assert_eq!(page.header("allow"), "POST");
            assert_eq!(page.set_cookies(), [""; 0]);
        }
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "garbage"),
            ("origin", "https://evil.example"),
            ("origin", "https://sub.app.example"),
            ("origin", "http://app.example"),
            ("origin", "https://app.example:8443"),
            ("origin", "null"),
            ("origin", ""),
        ] {
            let mut request = post(address);
            request.headers_mut().insert(name, value.parse().unwrap());
            // With its cookies, as if a browser knew no `SameSite`.
            let page: Page = browser.send(request).await;
            assert_eq!(page.status(), StatusCode::FORBIDDEN, "{name}: {value}");
            assert_eq!(page.set_cookies(), [""; 0], "{name}: {value}");
        }
    }
    assert!(is_logged_in(&mut browser).await);
    assert_eq!(world.emulator.requests(Endpoint::Revocation), 0);

    for (name, value) in [
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "none"),
        ("origin", "https://app.example"),
    ] {
        let mut browser = logged_in(&world).await;
        let mut request = post("/logout");
        request.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(browser.send(request).await.status(), StatusCode::SEE_OTHER, "{name}: {value}");
        assert!(!is_logged_in(&mut browser).await);
    }
}

#[tokio::test]
async fn lo_03_the_browser_leaves_the_provider_with_all_that_it_wants_to_know() {
    let world = world();
    let mut browser = logged_in(&world).await;
    let mut states = Vec::new();
    for _ in 0..2 {
        world.clock.advance(Duration::from_secs(60));
        let there = leave(&mut browser, "/leave").await;
        let sent = world.sent.exchanges();
        let answers = sent.iter().filter(|it| it.request.uri().path() == "/token");
        let newest: Value =
            serde_json::from_slice(answers.last().unwrap().response.as_ref().unwrap().body())
                .unwrap();
        let query: Vec<(String, String)> = there.query_pairs().into_owned().collect();
        let state = query.last().unwrap().1.clone();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let whole = [
            pair("id_token_hint", newest["id_token"].as_str().unwrap()),
            pair("client_id", Emulator::CLIENT_ID),
            pair("post_logout_redirect_uri", GOODBYE),
            pair("state", &state),
        ];
        assert_eq!(query, whole);
        assert_eq!(state.len(), 43);
        states.push(state);
        assert_eq!(browser.open("/").await.text(), ADA);
    }
    assert_ne!(states[0], states[1]);
}

#[tokio::test]
async fn lo_03_what_the_way_back_carries_is_of_no_consequence() {
    for state in [Some(None), Some(Some("another")), Some(Some("<script>")), None] {
        let world = world();
        let (mut browser, mut other) = (logged_in(&world).await, logged_in(&world).await);
        if let Some(state) = state {
            world.emulator.tamper_logout_state(state);
        }
        let there = leave(&mut browser, "/leave").await;
        let back = browser.arrive(there).await.location().unwrap();
        assert_eq!(back.path(), "/goodbye");

        let page = browser.arrive(&back).await;

        assert_eq!((page.status(), page.text()), (StatusCode::OK, "goodbye"), "{state:?}");
        assert_eq!(page.set_cookies(), [""; 0]);
        assert!(!is_logged_in(&mut browser).await);
        // Who opens that address with a session keeps it.
        assert_eq!(other.arrive(&back).await.text(), "goodbye");
        assert!(is_logged_in(&mut other).await);
    }
}

#[tokio::test]
async fn lo_03_a_provider_that_cannot_log_out_leaves_it_at_that() {
    let world = world_with(
        |emulator| emulator.metadata_member("end_session_endpoint", Value::Null),
        |builder| builder,
    );
    let mut browser = logged_in(&world).await;
    let mut copy = copied(&world, &browser);

    assert_eq!(leave(&mut browser, "/leave").await.as_str(), GOODBYE);
    assert!(!is_logged_in(&mut copy).await);
}

/// The application has just been started, and knows of its provider nothing.
#[tokio::test(start_paused = true)]
async fn lo_03_a_provider_that_is_down_keeps_nobody_logged_in_here() {
    for what in ["500", "lost", "slow"] {
        let store = MemoryStore::new();
        let kept = store.clone();
        let before = world_with(|it| it, |it| it.persistence(Sessions::new(kept, key_ring())));
        let browser = logged_in(&before).await;
        let after = World::around(
            OpenId::issuer(ISSUER),
            before.emulator.clone(),
            before.clock.clone(),
            |it| {
                let sessions = Sessions::new(store, key_ring());
                it.persistence(sessions).offline_access(true).after_logout("/goodbye")
            },
        );
        let (mut browser, mut copy) = (copied(&after, &browser), copied(&after, &browser));
        let held = break_next(&after.emulator, Endpoint::Metadata, what);
        let begun = tokio::time::Instant::now();

        let gone = leave(&mut browser, "/leave").await;

        assert_eq!(gone.as_str(), GOODBYE, "{what}");
        assert!(begun.elapsed() <= Duration::from_secs(2), "{what}");
        drop(held);
        tokio::time::advance(Duration::from_secs(2)).await;
        assert!(!is_logged_in(&mut copy).await, "{what}");
    }
}

/// A login that asked for no ID token has none to show.
#[tokio::test]
async fn lo_03_without_an_id_token_there_is_no_hint() {
    let plain = Declaration {
        default_scopes: vec!["profile".into()].into(),
        ..OpenId::issuer(ISSUER).declaration().clone()
    };
    let world = world_at(Declared::from(plain), |it| it, |builder| builder);
    let oauth = &world.oauth;
    let router =
        oauth_tests::application(oauth).route_service("/leave", oauth.logout().end_session());
    let mut browser = world.browser_of(Site::new(router));
    browser.open("/").await;

    let there = browser.send(post("/leave")).await.location().unwrap();

    let names: Vec<String> = there.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["client_id", "post_logout_redirect_uri", "state"]);
}

/// A URL of more than 4 KiB is one that servers do not take.
#[tokio::test]
async fn lo_03_an_id_token_that_is_too_long_for_a_url_is_left_out() {
    let world = world();
    world.emulator.id_token_claim("groups", vec!["a-group-of-the-user"; 300]);
    let mut browser = logged_in(&world).await;

    let there = leave(&mut browser, "/leave").await;

    assert_eq!(there.path(), "/end_session");
    assert!(there.query_pairs().all(|(name, _)| name != "id_token_hint"));
}

/// What a logout cannot call back is bounded by the token's own life, where nothing renews it.
#[tokio::test]
async fn lo_07_a_copy_of_a_sealed_session_outlives_a_logout_by_its_token_at_most() {
    let world = world_of(
        |emulator| emulator.expire_in(Duration::from_secs(600)),
        |builder| builder.after_logout("/goodbye"),
    );
    let mut browser = logged_in(&world).await;
    let mut copy = copied(&world, &browser);
    leave(&mut browser, "/logout").await;

    world.clock.advance(Duration::from_secs(601));

    assert!(!is_logged_in(&mut copy).await);
}

/// Where there is a refresh token, this process renews nothing for a login that has ended.
#[tokio::test]
async fn lo_07_a_copy_of_a_sealed_session_is_renewed_no_more_after_a_logout() {
    let world = world_of(
        |emulator| emulator.expire_in(Duration::from_secs(600)),
        |builder| builder.offline_access(true).after_logout("/goodbye"),
    );
    let mut browser = logged_in(&world).await;
    let mut copy = copied(&world, &browser);
    leave(&mut browser, "/logout").await;

    world.clock.advance(Duration::from_secs(601));

    assert!(!is_logged_in(&mut copy).await);
    assert_eq!(world.emulator.refreshes(), 0);
}

#[tokio::test]
async fn lo_07_a_copy_of_a_session_in_a_store_is_nothing_after_a_logout() {
    let world = world();
    let mut browser = logged_in(&world).await;
    let mut copy = copied(&world, &browser);

    leave(&mut browser, "/logout").await;

    assert!(!is_logged_in(&mut copy).await);
}
