//! A server that means harm, or has gone mad: whatever it answers ends in a typed error or in a success that a row
//! of the corpus declares.
//!
//! [`corpus`] is the data: answers with what is to come of them at each endpoint. [`in_memory`] gives each of them to
//! every caller of every endpoint. [`scripts`] is what only a connection can show; [`on_the_wire`] plays it to the shipped
//! client over loopback. [`redirects`] and [`retry_after`] are their own small tables, [`growth`] is what must not grow.

mod corpus;
mod growth;
mod in_memory;
mod on_the_wire;
mod redirects;
mod retry_after;
mod scripts;
mod wire;

use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::{
    ApiClient, ApiError, Body, CallbackError, Emulator, Endpoint, FailureContext, OAuthBuilder,
    Provider, oauth_provider,
};
use oauth_tests::{Browser, Page, Recorder, Site, StoppedClock, World};

use crate::persistence::InMemory;

/// A server with one of each endpoint that this library calls.
#[oauth_provider(
    authorization_endpoint = "https://hostile.example/authorize",
    token_endpoint = "https://hostile.example/token",
    revocation_endpoint = "https://hostile.example/revoke",
    userinfo_endpoint = "https://api.hostile.example/me",
    api_base = "https://api.hostile.example/",
    offline(always),
    profile(subject = "/id", email = "/mail", email_verified = "/verified"),
    emails(
        endpoint = "https://api.hostile.example/emails",
        address = "/mail",
        verified = "/verified",
        primary = "/primary"
    )
)]
struct Hostile;

/// What comes of an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Outcome {
    /// It says `invalid_grant`: no login, and the end of a session.
    Ends,
    /// An error with this code, and nothing else.
    Refused(&'static str),
    /// It is taken for what it should be.
    Tolerated,
}

/// How long an access token lives here, and a moment longer.
const LIFETIME: Duration = Duration::from_secs(60);
const PAST: Duration = Duration::from_secs(61);

/// The access token that a tolerated answer of the token endpoint holds.
const ACCESS_TOKEN: &str = "hostile-access-token";

fn emulator(clock: &StoppedClock) -> Emulator {
    Emulator::of(Hostile).clock(clock.clone()).expire_in(LIFETIME)
}

/// An application that keeps tokens of any size, and says on its page of failure what has failed.
fn world() -> World<Hostile> {
    let clock = StoppedClock::new();
    World::around(Hostile, emulator(&clock), clock, configured)
}

fn configured(builder: OAuthBuilder<Hostile>) -> OAuthBuilder<Hostile> {
    builder.persistence(InMemory::new()).on_failure(failure)
}

fn failure(error: &CallbackError, _cx: &FailureContext<'_>) -> http::Response<Body> {
    let code = match error {
        CallbackError::Exchange(error) => error.code(),
        other => other.code(),
    };
    let mut response = http::Response::new(Body::from(code));
    *response.status_mut() = error.status();
    response
}

/// The application with a logout that revokes.
fn site(world: &World<Hostile>) -> Site {
    let leave = world.oauth.logout().revoke();
    Site::new(oauth_tests::application(&world.oauth).route_service("/leave", leave))
}

/// A callback was answered with this page: its code was sent once, whatever became of it.
async fn exchanged(
    name: &str,
    world: &World<Hostile>,
    browser: &mut Browser,
    callback: &str,
    expected: Outcome,
) -> Page {
    world.sent.clear();
    let page = browser.arrive(callback).await;

    match expected {
        Outcome::Tolerated => {
            assert_eq!(page.status(), StatusCode::SEE_OTHER, "{name}: {page:?}");
            assert!(!browser.jar().names().is_empty(), "{name}: no session");
        }
        Outcome::Ends => refused(name, browser, &page, "rejected"),
        Outcome::Refused(code) => refused(name, browser, &page, code),
    }
    assert_eq!(world.sent.count(), 1, "{name}");
    browser.arrive(callback).await;
    assert_eq!(world.sent.count(), 1, "{name}: a code is sent once");
    contained(name, &world.sent);
    page
}

fn refused(name: &str, browser: &Browser, page: &Page, code: &str) {
    assert_eq!(page.text(), code, "{name}: {page:?}");
    assert_eq!(browser.jar().names(), [""; 0], "{name}");
    let status = page.status().as_u16();
    let expected: &[u16] = match code {
        "unreadable" => &[502],
        "transport" => &[502, 504],
        _ => &[400, 502, 503],
    };
    assert!(expected.contains(&status), "{name}: {status}");
}

/// A page was asked for with a token that has expired. Only what says so ends the session.
async fn visited(
    name: &str,
    world: &World<Hostile>,
    browser: &mut Browser,
    expected: Outcome,
) -> Page {
    world.sent.clear();
    let page = browser.look_at("/page").await;

    assert_eq!(world.sent.count(), 1, "{name}");
    match expected {
        Outcome::Tolerated => assert_eq!(page.text(), "somebody reads /page", "{name}: {page:?}"),
        Outcome::Ends => {
            assert_eq!(page.status(), StatusCode::SEE_OTHER, "{name}: {page:?}");
            assert_eq!(page.location().unwrap().host_str(), Some("hostile.example"), "{name}");
        }
        Outcome::Refused(_) => {
            assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE, "{name}: {page:?}");
            assert_eq!(page.set_cookies(), [""; 0], "{name}");
            let seconds = page.header("retry-after").parse().unwrap();
            assert!((1..=3600).contains(&seconds), "{name}: {seconds}");
            world.clock.advance(Duration::from_secs(seconds));
            let after = browser.look_at("/page").await;
            assert_eq!(after.text(), "somebody reads /page", "{name}: the session is gone");
        }
    }
    contained(name, &world.sent);
    page
}

/// A call of the API, read as text.
async fn call<P: Provider>(client: &ApiClient<P>) -> Result<String, ApiError> {
    client.get("/x")?.send().await?.text().await
}

/// What an API client makes of the token endpoint's answer.
fn renewed(name: &str, answer: Result<String, ApiError>, expected: Outcome) {
    let code = answer.map_err(|error| error.code());
    let expected = match expected {
        Outcome::Tolerated => Ok("good"),
        Outcome::Ends => Err("reconnect"),
        Outcome::Refused(_) => Err("unavailable"),
    };
    assert_eq!(code.as_deref(), expected.as_deref(), "{name}");
}

/// A value was read, or refused with this code.
fn read<T: std::fmt::Debug>(name: &str, answer: Result<T, ApiError>, expected: Outcome) {
    match (answer, expected) {
        (Ok(_), Outcome::Tolerated) => {}
        (Err(error), Outcome::Refused(code)) => assert_eq!(error.code(), code, "{name}: {error:?}"),
        (answer, expected) => panic!("{name}: {expected:?} was expected, and it is {answer:?}"),
    }
}

/// The browser logs out. No answer of a server can keep it from that.
async fn left(name: &str, world: &World<Hostile>, browser: &mut Browser) {
    world.sent.clear();
    let leave = Request::post("/leave").body(Bytes::new()).unwrap();
    let page = browser.send(leave).await;

    assert_eq!(page.status(), StatusCode::SEE_OTHER, "{name}");
    assert_eq!(page.header("location"), "/", "{name}");
    assert_eq!(browser.jar().names(), [""; 0], "{name}");
    contained(name, &world.sent);
}

/// Nothing was sent to anybody else, no cookie that a server set, and to the API no secret but the access token.
fn contained(name: &str, sent: &Recorder) {
    for exchange in sent.exchanges() {
        let uri = exchange.request.uri().to_string();
        let after = |host: &str| {
            let behind = uri.split_once(host).map(|(before, _)| before);
            behind.is_some_and(|it| it == "https://" || it.starts_with("http://127.0.0.1:"))
        };
        let api = after("api.hostile.example/");
        assert!(api || after("hostile.example/"), "{name}: a request to {uri}");
        assert!(!exchange.request.headers().contains_key("cookie"), "{name}: {exchange:?}");
        let secrets = [Emulator::CLIENT_SECRET, "refresh", "code_verifier", "Basic"];
        let told = secrets.iter().find(|secret| api && exchange.sent().contains(**secret));
        assert_eq!(told, None, "{name}: the API is told a secret");
    }
}

/// How many requests endpoints have had.
fn requests(world: &World<Hostile>) -> (usize, usize) {
    (world.emulator.requests(Endpoint::Token), world.emulator.requests(Endpoint::Api))
}
