//! One declaration against the real hosts, an emulator in memory, one on a port, and a base.

use std::net::SocketAddr;

use http::StatusCode;
use oauth_providers::{
    Emulator, Endpoint, Environment, GitHub, Google, OAuthBuilder, Provider, Reqwest,
};
use oauth_tests::{Browser, Recorder, Site, StoppedClock, World};

use crate::answers;
use crate::providers::Acme;

const LOOPBACK: ([u8; 4], u16) = ([127, 0, 0, 1], 0);

fn address(url: &url::Url) -> &str {
    &url[..url::Position::AfterPath]
}

#[tokio::test]
async fn the_real_hosts_are_the_declared_ones() {
    let world = World::with(GitHub, |builder| builder.environment(Environment::real()));

    let url = world.browser().begin("/").await;

    assert_eq!(address(&url), "https://github.com/login/oauth/authorize");
}

#[tokio::test]
async fn under_a_base_every_endpoint_stands_behind_its_own_host() {
    let base = Environment::at("https://staging.example/oauth/");
    let world = World::with(GitHub, |builder| builder.environment(base));
    let mut browser = world.browser();

    let url = browser.begin("/").await;
    let session = world.log_in().await;
    session.profile().await.unwrap();
    session.client().get("/user/repos").unwrap().send().await.unwrap();

    assert_eq!(address(&url), "https://staging.example/oauth/github.com/login/oauth/authorize");
    let called: Vec<String> =
        world.sent.exchanges().iter().map(|it| it.request.uri().to_string()).collect();
    assert_eq!(
        called,
        [
            "https://staging.example/oauth/github.com/login/oauth/access_token",
            "https://staging.example/oauth/api.github.com/user",
            "https://staging.example/oauth/api.github.com/user/emails",
            "https://staging.example/oauth/api.github.com/user/repos",
        ]
    );
}

#[tokio::test]
async fn a_back_channel_moves_what_the_server_calls_and_not_the_browser() {
    let base = Environment::back_channel("http://keycloak:8080").insecure_http();
    let world = World::with(Google, |builder| builder.environment(base));
    let mut browser = world.browser();

    let url = browser.begin("/").await;
    let page = browser.open("/").await;

    assert_eq!(address(&url), "https://accounts.google.com/o/oauth2/v2/auth");
    assert_eq!(page.text(), "somebody reads /");
    assert_eq!(
        world.sent.exchanges()[0].request.uri(),
        "http://keycloak:8080/oauth2.googleapis.com/token"
    );
}

#[tokio::test]
async fn mx_01_the_issuer_does_not_move_with_the_base() {
    let base = Environment::at("https://staging.example");
    let world = World::with(Google, |builder| builder.environment(base));

    let right = world.browser().open("/").await;
    world.emulator.tamper_next_issuer("https://staging.example/accounts.google.com");
    let moved = world.browser().open("/").await;

    assert_eq!(right.status(), StatusCode::OK);
    assert_eq!(moved.status(), StatusCode::BAD_REQUEST);
}

/// A world that reaches an emulator over real HTTP, as an application does with a provider.
pub(crate) fn over_http<P: Provider>(
    provider: P,
    emulator: &Emulator,
    base: &str,
    configure: impl FnOnce(OAuthBuilder<P>) -> OAuthBuilder<P>,
) -> (World<P>, Browser) {
    let clock = StoppedClock::new();
    let sent = Recorder::new(Reqwest::new().unwrap());
    let emulator = emulator.clone().clock(clock.clone());
    let mut world = World::around(provider, emulator.clone(), clock, |builder| {
        configure(builder.environment(Environment::at(base)).http_client(sent.clone()))
    });
    world.sent = sent;
    let front = Site::new(emulator.clone().into_service());
    let browser = world.browser().site(base, front);
    (world, browser)
}

#[tokio::test]
async fn an_emulator_on_a_port_is_reached_over_http() {
    let emulator = Emulator::of(Acme);
    let served = emulator.clone().serve(SocketAddr::from(LOOPBACK)).await.unwrap();
    let (world, mut browser) = over_http(Acme, &emulator, &served.base(), |it| it);

    let page = browser.open("/invoices").await;
    let profile = world.log_in().await.profile().await.unwrap();

    assert_eq!(page.text(), "somebody reads /invoices");
    assert_eq!(profile.subject(), "1815");
    let token_endpoint = format!("{}/acme.example/oauth/token", served.base());
    assert_eq!(world.sent.exchanges()[0].request.uri(), &*token_endpoint);
}

#[tokio::test]
async fn te_01_reqwest_follows_no_redirect() {
    let emulator = Emulator::of(Acme);
    let trap = Emulator::of(Acme);
    let served = emulator.clone().serve(SocketAddr::from(LOOPBACK)).await.unwrap();
    let trap_served = trap.clone().serve(SocketAddr::from(LOOPBACK)).await.unwrap();
    let (world, mut browser) = over_http(Acme, &emulator, &served.base(), |it| it);
    let session = world.log_in().await;
    let leave = world.oauth.logout().revoke();
    let router = oauth_tests::application(&world.oauth).route_service("/leave", leave);
    let front = Site::new(emulator.clone().into_service());
    let mut leaving = world.browser_of(Site::new(router)).site(&served.base(), front);

    for status in [301, 302, 303, 307, 308] {
        for base in [trap_served.base(), served.base()] {
            let token = format!("{base}/acme.example/oauth/token");
            emulator.answer_next(Endpoint::Token, answers::redirect(status, &token));
            let before = emulator.requests(Endpoint::Token);
            let page = browser.open("/").await;

            assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
            assert_eq!(emulator.requests(Endpoint::Token), before + 1);

            let me = format!("{base}/api.acme.example/v1/me");
            emulator.answer_next(Endpoint::Api, answers::redirect(status, &me));
            emulator.answer_next(Endpoint::UserInfo, answers::redirect(status, &me));
            let before = emulator.requests(Endpoint::UserInfo);
            let answer = session.client().get("/x").unwrap().send().await.unwrap();
            let profile = session.profile().await.unwrap_err();

            assert_eq!(answer.status().as_u16(), status);
            assert_eq!(profile.code(), "status");
            assert_eq!(emulator.requests(Endpoint::UserInfo), before + 1);

            let revoke = format!("{base}/acme.example/oauth/revoke");
            emulator.answer_next(Endpoint::Revocation, answers::redirect(status, &revoke));
            let before = emulator.requests(Endpoint::Revocation);
            let leave = http::Request::post("/leave").body(bytes::Bytes::new()).unwrap();
            leaving.open("/").await;
            let page = leaving.send(leave).await;

            assert_eq!(page.status(), StatusCode::SEE_OTHER);
            assert_eq!(emulator.requests(Endpoint::Revocation), before + 1);
        }
    }
    for endpoint in [
        Endpoint::Token,
        Endpoint::Revocation,
        Endpoint::Api,
        Endpoint::UserInfo,
        Endpoint::Unknown,
    ] {
        assert_eq!(trap.requests(endpoint), 0);
    }
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_said_to_be_unreachable() {
    let emulator = Emulator::of(Acme);
    let served = emulator.clone().serve(SocketAddr::from(LOOPBACK)).await.unwrap();
    let base = served.base();
    let (_world, mut browser) = over_http(Acme, &emulator, &base, |it| it);
    let callback = browser.begin_and_agree("/").await;
    drop(served);
    tokio::task::yield_now().await;

    let page = browser.arrive(callback).await;

    assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
    assert!(page.text().contains("<small>exchange</small>"), "{}", page.text());
}
