//! No secret is shown: not by a type, not in a log.

use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use oauth_providers::{
    AccessToken, Admission, ClientSecret, CodeVerifier, Emulator, EncryptedCookies, Endpoint,
    Google, GoogleScope, IdToken, InsecureCookies, Nonce, RefreshToken, Refused, State,
};
use oauth_tests::{Browser, CountingEntropy, Recorder, Site, World, application, key_ring};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use tower::ServiceExt as _;
use tower_layer::Layer as _;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::answers;
use crate::environments::over_http;
use crate::state::with_parameter;

const CLIENT_SECRET: &str = "canary-client-secret-0123456789";
/// What the counting entropy gives to the first login.
const VERIFIER: &str = "AAAACAAAAAkAAAAKAAAACwAAAAwAAAANAAAADgAAAA8";
const NONCE: &str = "AAAAEAAAABEAAAASAAAAEwAAABQAAAAVAAAAFgAAABc";

/// Everything that must not be seen.
#[derive(Default)]
pub(crate) struct Canaries(Vec<(&'static str, String)>);

impl Canaries {
    pub(crate) fn add(&mut self, what: &'static str, secret: impl Into<String>) {
        let secret = secret.into();
        if secret == "1" {
            return; // What says that a login has just been completed is no secret.
        }
        assert!(secret.len() >= 12, "{what} is too short to be looked for: {secret}");
        self.0.push((what, secret));
    }

    /// What travelled over the wire, and what the browser holds.
    fn add_traffic(&mut self, sent: &Recorder, browser: &Browser) {
        self.add_back_channel(sent, &["code", "code_verifier", "client_secret", "token"]);
        self.add_front_channel(browser);
    }

    /// These fields of what was sent to the provider, and the tokens that came back.
    fn add_back_channel(&mut self, sent: &Recorder, fields: &[&str]) {
        for exchange in sent.exchanges() {
            let body = exchange.request.body();
            for (name, value) in url::form_urlencoded::parse(body) {
                if fields.contains(&&*name) {
                    self.add("a field of a token request", value);
                }
            }
            if let Some(header) = exchange.request.headers().get("authorization") {
                let header = header.to_str().unwrap().split_once(' ').unwrap().1.to_owned();
                self.add("an authorization header", header);
            }
            let Some(response) = exchange.response else { continue };
            let answer = serde_json::from_slice::<serde_json::Value>(response.body());
            for name in ["access_token", "refresh_token", "id_token"] {
                if let Ok(answer) = &answer
                    && let Some(token) = answer[name].as_str().filter(|it| it.len() >= 12)
                {
                    self.add("a token", token);
                }
            }
        }
    }

    pub(crate) fn add_front_channel(&mut self, browser: &Browser) {
        for url in browser.history() {
            for (name, value) in url.query_pairs() {
                if ["code", "state", "nonce"].contains(&&*name) && value.len() >= 12 {
                    self.add("a parameter of the front channel", value);
                }
            }
        }
        for cookie in browser.jar().cookies() {
            self.add("a cookie", &cookie.value);
        }
    }

    /// Nothing of them stands in a text, in whatever encoding.
    pub(crate) fn none_in(&self, text: &str) {
        let spread = text.replace('\\', "");
        for (what, secret) in &self.0 {
            let forms = [
                secret.clone(),
                secret.chars().take(24).collect(),
                utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
                url::form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
                BASE64_STANDARD_NO_PAD.encode(secret),
                BASE64_URL_SAFE_NO_PAD.encode(secret),
                BASE64_STANDARD.encode(secret),
            ];
            for form in forms {
                if let Some(at) = spread.find(&form) {
                    let from = spread[..at].rfind('\n').map_or(0, |index| index + 1);
                    let line: String = spread[from..].chars().take(400).collect();
                    panic!("{what} is shown as `{form}`: {line}");
                }
            }
        }
    }
}

fn shown(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}\n{value:#?}\n")
}

#[test]
fn se_01_a_secret_shows_its_name_alone() {
    let secret = "canary-secret-0123456789";

    let all = [
        shown(&AccessToken::new(secret)),
        shown(&RefreshToken::new(secret)),
        shown(&IdToken::new(secret)),
        shown(&ClientSecret::new(secret)),
        shown(&CodeVerifier::new(secret)),
        shown(&State::new(secret)),
        shown(&Nonce::new(secret)),
        shown(&key_ring()),
        shown(&EncryptedCookies::new(key_ring()).single_process()),
        shown(&InsecureCookies::new()),
    ];

    assert_eq!(
        all.concat(),
        "AccessToken(..)\nAccessToken(..)\nRefreshToken(..)\nRefreshToken(..)\n\
         IdToken(..)\nIdToken(..)\nClientSecret(..)\nClientSecret(..)\n\
         CodeVerifier(..)\nCodeVerifier(..)\nState(..)\nState(..)\nNonce(..)\nNonce(..)\n\
         KeyRing(1 keys)\nKeyRing(1 keys)\n\
         EncryptedCookies { lifetime: 604800s, .. }\n\
         EncryptedCookies {\n    lifetime: 604800s,\n    ..\n}\n\
         InsecureCookies { lifetime: 604800s, .. }\n\
         InsecureCookies {\n    lifetime: 604800s,\n    ..\n}\n"
    );
}

/// A Google whose users stay connected, with a secret that can be found again.
fn google() -> World<Google> {
    let mut world = World::with(Google, |builder| {
        builder
            .client_secret(CLIENT_SECRET)
            .offline_access(true)
            .scopes([GoogleScope::GmailReadonly])
    });
    world.emulator = world.emulator.client(Emulator::CLIENT_ID, CLIENT_SECRET);
    world
}

#[tokio::test]
async fn se_01_what_holds_a_session_shows_no_token() {
    let world = google();
    let mut canaries = Canaries::default();
    canaries.add("the client's secret", CLIENT_SECRET);

    let session = world.log_in().await;

    canaries.add_traffic(&world.sent, &world.browser());
    let client = session.client();
    let request = client.get("/drive").unwrap().header("x-a", "b").unwrap();
    let response = session.token_response().unwrap();
    canaries.add("the access token", session.tokens().access_token().expose());
    canaries.add("the refresh token", session.tokens().refresh_token().unwrap().expose());
    canaries.add("the ID token", session.id_token().unwrap().expose());
    for text in [
        shown(&session),
        shown(session.tokens()),
        shown(&client),
        shown(&request),
        shown(&response),
        shown(&*response),
        shown(&world.oauth),
        shown(&world.oauth.filter()),
        shown(&world.oauth.callback()),
        shown(&world.oauth.login()),
        shown(&world.oauth.logout()),
        shown(&world.emulator),
    ] {
        canaries.none_in(&text);
    }
}

#[tokio::test]
async fn se_01_what_on_login_and_on_failure_are_given_shows_no_code_and_no_cookie() {
    let texts = Arc::new(Mutex::new(String::new()));
    let (of_login, of_failure) = (Arc::clone(&texts), Arc::clone(&texts));
    let world = World::with(Google, |builder| {
        builder
            .on_login(move |login| {
                of_login.lock().unwrap().push_str(&shown(&login));
                std::future::ready(Ok(Admission::new()))
            })
            .on_failure(move |error, cx| {
                let mut text = of_failure.lock().unwrap();
                text.push_str(&shown(error));
                text.push_str(&shown(cx));
                text.push_str(&error.to_string());
                http::Response::new(oauth_providers::Body::default())
            })
    });
    let mut browser = world.browser();
    let mut canaries = Canaries::default();
    let callback = browser.begin_and_agree("/").await;
    canaries.add_traffic(&world.sent, &browser);
    canaries.add("the state", CountingEntropy::FIRST_STATE);
    let (_, code) = callback.query_pairs().find(|(name, _)| name == "code").unwrap();
    canaries.add("the code", code);

    browser.arrive(&callback).await;
    browser.jar_mut().remove("__Host-oauth-google");
    browser.arrive(&callback).await;

    canaries.add_traffic(&world.sent, &browser);
    let texts = texts.lock().unwrap();
    assert!(texts.contains("LoginOutcome") && texts.contains("FailureContext"), "{texts}");
    canaries.none_in(&texts);
}

#[tokio::test]
async fn se_01_an_error_shows_no_secret_in_its_whole_chain() {
    let errors = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&errors);
    let mut world = World::with(Google, |builder| {
        builder.client_secret(CLIENT_SECRET).on_failure(move |error, _| {
            let mut text = kept.lock().unwrap();
            let mut cause: Option<&dyn std::error::Error> = Some(error);
            while let Some(error) = cause {
                text.push_str(&format!("{error}\n{error:?}\n{error:#?}\n"));
                cause = error.source();
            }
            http::Response::new(oauth_providers::Body::default())
        })
    });
    world.emulator = world.emulator.client(Emulator::CLIENT_ID, CLIENT_SECRET);
    let mut canaries = Canaries::default();
    canaries.add("the client's secret", CLIENT_SECRET);
    canaries.add("a token in an answer", "canary-token-0123456789");
    let token = "{\"access_token\":\"canary-token-0123456789\"";

    for body in [
        format!("{token}}}"),
        format!("{token},\"token_type\":\"canary-token-0123456789\"}}"),
        format!("{token},\"token_type\":7}}"),
        token.to_owned(),
        "canary-token-0123456789".to_owned(),
        format!(
            "{token},\"expires_in\":{{}},\"token_type\":\"Bearer\",\"padding\":\"{}\"}}",
            "x".repeat(99_999)
        ),
    ] {
        let answer = answers::answer(StatusCode::OK, "application/json", body);
        world.emulator.answer_next(Endpoint::Token, answer);
        let mut browser = world.browser();
        browser.open("/").await;
        canaries.add_traffic(&world.sent, &browser);
    }

    let errors = errors.lock().unwrap();
    assert!(errors.matches("Exchange").count() >= 5, "{errors}");
    canaries.none_in(&errors);
}

/// Where everything is logged to.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

thread_local! {
    /// What this thread logs to; nothing unless a test listens.
    static LISTENING: RefCell<Option<Log>> = const { RefCell::new(None) };
}

/// Writes to the log of the thread.
struct ThisThread;

impl<'a> MakeWriter<'a> for ThisThread {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        LISTENING.with_borrow(|log| log.clone().unwrap_or_default())
    }
}

/// Stops to listen when it is dropped.
pub(crate) struct Listening;

impl Drop for Listening {
    fn drop(&mut self) {
        LISTENING.set(None);
    }
}

/// Takes down every event and span of this thread, at every level, of every target.
///
/// There is one subscriber for the process: tracing remembers for each place in the code whether anybody
/// listens, and one that comes and goes with a test would miss some.
pub(crate) fn log() -> (Log, Listening) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let layer = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_span_events(FmtSpan::FULL)
            .with_writer(ThisThread)
            .with_filter(dynamic_filter_fn(|_, _| LISTENING.with_borrow(Option::is_some)));
        tracing_subscriber::registry().with(layer).init();
    });
    let log = Log::default();
    LISTENING.set(Some(log.clone()));
    (log, Listening)
}

/// Every flow there is, the good one and those that fail.
async fn every_flow(world: &World<Google>, mut browser: Browser) -> Canaries {
    let mut canaries = Canaries::default();
    canaries.add("the client's secret", CLIENT_SECRET);
    canaries.add("the state", CountingEntropy::FIRST_STATE);
    canaries.add("the verifier", VERIFIER);
    canaries.add("the nonce", NONCE);
    let page = browser.open("/inbox").await;
    assert_eq!(page.text(), "somebody reads /inbox");
    canaries.add_traffic(&world.sent, &browser);

    let session = world.log_in().await;
    canaries.add("the access token", session.tokens().access_token().expose());
    canaries.add("the refresh token", session.tokens().refresh_token().unwrap().expose());
    session.profile().await.unwrap();
    session.client().get("/drive?q=1").unwrap().send().await.unwrap();
    session.client().get("https://evil.example/").unwrap_err();
    let answer = session.client().get("/drive").unwrap().send().await.unwrap();
    answer.json::<u64>().await.unwrap_err();

    let callback = browser.begin_and_agree("/oauth/google/login").await;
    browser.arrive(with_parameter(&callback, "state", Some("wrong"))).await;
    browser.arrive(with_parameter(&callback, "iss", Some("https://evil.example"))).await;
    browser.arrive(&callback).await;
    browser.of_somebody_else().arrive(&callback).await;
    browser.of_somebody_else().open("/oauth/google/callback?code=canary").await;
    world.emulator.deny_next();
    browser.open("/oauth/google/login").await;

    let error = json!({ "error": "invalid_grant", "error_description": "no" }).to_string();
    for answer in [
        answers::answer(StatusCode::BAD_REQUEST, "application/json", error),
        answers::answer(StatusCode::OK, "application/json", "{\"access_token\":"),
        answers::answer(StatusCode::OK, "text/html", "<html>"),
        answers::answer(StatusCode::INTERNAL_SERVER_ERROR, "text/html", ""),
        answers::redirect(302, "https://evil.example/"),
        answers::json(&json!({ "access_token": "canary-in-answer-0", "token_type": "mac" })),
        answers::json(&json!({
            "access_token": "canary-in-answer-1",
            "token_type": "Bearer",
            "padding": "x".repeat(100_000),
        })),
    ] {
        world.emulator.answer_next(Endpoint::Token, answer);
        let page = browser.open("/oauth/google/login").await;
        assert!(!page.status().is_success());
        canaries.add_traffic(&world.sent, &browser);
    }
    canaries.add("a token in an answer", "canary-in-answer-0");
    canaries.add("a token in an answer", "canary-in-answer-1");

    let logout = || Request::post("/leave").body(Bytes::new()).unwrap();
    world.emulator.fail_next(Endpoint::Revocation, StatusCode::INTERNAL_SERVER_ERROR);
    let page = browser.send(logout()).await;
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    browser.open("/inbox").await;
    browser.send(logout()).await;
    world.clock.advance(Duration::from_secs(7200));
    session.client().get("/drive").unwrap().send().await.unwrap();
    canaries.add_traffic(&world.sent, &browser);
    world.clock.advance(Duration::from_secs(7200));
    let error = r#"{"error":"invalid_grant","error_description":"canary-in-words-of-refresh"}"#;
    let answer = answers::answer(StatusCode::BAD_REQUEST, "application/json", error);
    world.emulator.answer_next(Endpoint::Token, answer);
    session.client().get("/drive").unwrap().send().await.unwrap_err();
    canaries.add("the words of a refusal", "canary-in-words-of-refresh");
    canaries.add_traffic(&world.sent, &browser);
    canaries
}

/// The application with a logout that revokes.
fn site(world: &World<Google>) -> Site {
    let leave = world.oauth.logout().revoke();
    Site::new(application(&world.oauth).route_service("/leave", leave))
}

#[tokio::test]
async fn se_02_no_log_of_any_level_holds_a_secret() {
    let (log, _guard) = log();
    let world = google();

    let canaries = every_flow(&world, world.browser_of(site(&world))).await;

    let text = log.text();
    assert!(text.contains("logged in") && text.contains("oauth.api"), "{text}");
    canaries.none_in(&text);
}

#[tokio::test]
async fn se_02_no_log_of_any_level_holds_a_secret_over_real_http() {
    let (log, _guard) = log();
    let emulator = Emulator::of(Google).client(Emulator::CLIENT_ID, CLIENT_SECRET);
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let served = emulator.clone().serve(address).await.unwrap();
    let (world, _) = over_http(Google, &emulator, &served.base(), |builder| {
        builder.client_secret(CLIENT_SECRET).offline_access(true)
    });
    let front = Site::new(emulator.clone().into_service());
    let browser = world.browser_of(site(&world)).site(&served.base(), front);

    let canaries = every_flow(&world, browser).await;

    let text = log.text();
    assert!(text.contains("logged in"), "{text}");
    assert!(text.contains("hyper_util") || text.contains("reqwest"), "{text}");
    canaries.none_in(&text);
}

/// A site whose every answer is written down: status, headers, body.
fn overheard(site: Site, said: &Arc<Mutex<String>>) -> Site {
    let said = Arc::clone(said);
    Site::new(tower::service_fn(move |request: Request<Full<Bytes>>| {
        let (site, said) = (site.clone(), Arc::clone(&said));
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let answer = site.call(Request::from_parts(parts, body)).await;
            let text = String::from_utf8_lossy(answer.body());
            let line = format!("{} {:?} {text}\n", answer.status(), answer.headers());
            said.lock().unwrap().push_str(&line);
            Ok::<_, std::convert::Infallible>(answer.map(Full::new))
        }
    }))
}

#[tokio::test]
async fn se_02_no_answer_to_a_browser_holds_a_secret() {
    let world = google();
    let said = Arc::new(Mutex::new(String::new()));

    every_flow(&world, world.browser_of(overheard(site(&world), &said))).await;

    // State, nonce and code travel through the browser; nothing else of a login does.
    let mut canaries = Canaries::default();
    canaries.add("the client's secret", CLIENT_SECRET);
    canaries.add("the verifier", VERIFIER);
    canaries.add_back_channel(&world.sent, &["code_verifier", "client_secret", "token"]);
    let said = said.lock().unwrap();
    assert!(said.matches("303 See Other").count() >= 10, "{said}");
    canaries.none_in(&said);
}

/// An API that answers nothing.
async fn nothing(_: Request<Bytes>) -> Result<http::Response<Bytes>, std::convert::Infallible> {
    Ok(http::Response::new(Bytes::new()))
}

#[tokio::test]
async fn se_02_jobs_and_client_stacks_log_no_secret() {
    let (log, _guard) = log();
    let mut world = google();
    let refresh_token = world.emulator.refresh_token_of("1815");
    world.emulator = world.emulator.rotate_refresh();
    let client = world.oauth.offline(&refresh_token);
    let mut canaries = Canaries::default();
    canaries.add("the refresh token of a job", refresh_token);

    for failure in [None, Some(StatusCode::SERVICE_UNAVAILABLE), Some(StatusCode::BAD_REQUEST)] {
        if let Some(status) = failure {
            world.emulator.fail_next(Endpoint::Token, status);
        }
        let _ = client.refresh().await;
        let call = Request::get("https://www.googleapis.com/drive").body(Bytes::new()).unwrap();
        let _ = client.layer().layer(tower::service_fn(nothing)).oneshot(call).await;
        world.clock.advance(Duration::from_secs(7200));
    }
    world.oauth.client_for("nobody").await.unwrap_err();

    canaries.add_back_channel(&world.sent, &["refresh_token", "client_secret"]);
    assert!(log.text().contains("oauth.refresh"), "{}", log.text());
    canaries.none_in(&log.text());
}

#[tokio::test]
async fn se_02_a_refusal_of_the_application_is_logged_without_a_secret() {
    let (log, _guard) = log();
    let world =
        World::with(Google, |builder| builder.on_login(async |_| Err(Refused::new("no contract"))));
    let mut browser = world.browser();

    browser.open("/").await;

    let mut canaries = Canaries::default();
    canaries.add_traffic(&world.sent, &browser);
    canaries.add("the verifier", VERIFIER);
    assert!(log.text().contains("no contract"), "{}", log.text());
    canaries.none_in(&log.text());
}

/// Whether a type has a trait: the inherent constant is taken where its bound holds.
macro_rules! has {
    ($bound:path: $kind:ty) => {{
        struct Probe<T>(std::marker::PhantomData<T>);
        #[allow(dead_code, reason = "not used where the type has the trait")]
        trait Otherwise {
            const HAS: bool = false;
        }
        impl<T> Otherwise for Probe<T> {}
        impl<T: $bound> Probe<T> {
            #[allow(dead_code, reason = "used where the type has the trait")]
            const HAS: bool = true;
        }
        Probe::<$kind>::HAS
    }};
}

#[test]
fn se_06_no_token_can_be_written_into_a_page_or_into_json() {
    use std::fmt::Display;

    use oauth_providers::{GitHubTokenResponse, Profile, Session, TokenResponse, Tokens};
    use serde::Serialize;

    assert!(has!(Serialize: String) && has!(Display: String), "the probe works");
    for serialized in [
        has!(Serialize: AccessToken),
        has!(Serialize: RefreshToken),
        has!(Serialize: IdToken),
        has!(Serialize: ClientSecret),
        has!(Serialize: CodeVerifier),
        has!(Serialize: State),
        has!(Serialize: Nonce),
        has!(Serialize: Tokens),
        has!(Serialize: TokenResponse),
        has!(Serialize: GitHubTokenResponse),
        has!(Serialize: Session<Google>),
        has!(Serialize: Profile),
        has!(Display: AccessToken),
        has!(Display: RefreshToken),
        has!(Display: IdToken),
        has!(Display: ClientSecret),
        has!(Display: CodeVerifier),
        has!(Display: State),
        has!(Display: Nonce),
        has!(Display: Tokens),
    ] {
        assert!(!serialized);
    }
}
