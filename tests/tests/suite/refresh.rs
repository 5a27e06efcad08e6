//! Tokens are renewed, once, and nobody is logged out by it.

use std::collections::{HashMap, HashSet};
use std::future::Future as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use oauth_providers::{
    Accounts, Admission, ApiClient, ApiError, BoxFuture, Context, Emulator, EncryptedCookies,
    Endpoint, HttpClient, OAuth, OAuthPersistence, PendingLogin, PersistenceError, Provider, State,
    Tokens, TransportError, oauth_provider,
};
use oauth_tests::{Browser, Exchange, StoppedClock, World, key_ring};
use tokio::task::JoinSet;
use tower::{Layer, ServiceExt as _};

use crate::answers::answer;
use crate::providers::Acme;

const LIFETIME: Duration = Duration::from_secs(60);

/// Past the expiry of a token, and past the grace of the one before.
const PAST: Duration = Duration::from_secs(61);

/// A strict server: each refresh token is good once, and a second use revokes everything.
fn strict() -> World<Acme> {
    world(|emulator| emulator.rotate_refresh().revoke_family_on_reuse())
}

fn world(emulated: impl FnOnce(Emulator) -> Emulator) -> World<Acme> {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(LIFETIME);
    World::around(Acme, emulated(emulator), clock, |builder| builder)
}

/// The refresh requests that were sent, as the fields of their forms.
fn presented(exchanges: &[Exchange]) -> Vec<HashMap<String, String>> {
    let forms = exchanges.iter().map(|exchange| exchange.request.body());
    let forms = forms.map(|form| url::form_urlencoded::parse(form).into_owned().collect());
    forms.filter(|form: &HashMap<String, String>| form.contains_key("refresh_token")).collect()
}

async fn call<P: Provider>(client: &ApiClient<P>) -> Result<StatusCode, &'static str> {
    let answer = client.get("/invoices").unwrap().send().await;
    answer.map(|answer| answer.status()).map_err(|error| error.code())
}

/// Waits until a condition holds: other tasks run meanwhile.
async fn until(condition: impl Fn() -> bool) {
    for _ in 0..10_000 {
        if condition() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the condition never held");
}

#[tokio::test]
async fn rf_01_a_rotated_refresh_token_is_used_next_and_never_again() {
    let world = strict();
    let mut browser = world.browser();
    browser.open("/").await;

    for _ in 0..3 {
        world.clock.advance(PAST);
        assert_eq!(browser.open("/page").await.text(), "somebody reads /page");
    }

    let tokens: Vec<String> = presented(&world.sent.exchanges())
        .into_iter()
        .map(|mut form| form.remove("refresh_token").unwrap())
        .collect();
    assert_eq!(tokens.len(), 3);
    assert!(tokens[0] != tokens[1] && tokens[1] != tokens[2] && tokens[0] != tokens[2]);
}

#[tokio::test]
async fn rf_01_an_omitted_refresh_token_is_kept() {
    let world = world(Emulator::omit_refresh_token);
    let mut browser = world.browser();
    browser.open("/").await;

    for _ in 0..3 {
        world.clock.advance(PAST);
        assert_eq!(browser.open("/page").await.text(), "somebody reads /page");
    }

    let forms = presented(&world.sent.exchanges());
    assert_eq!(forms.len(), 3);
    assert!(forms.iter().all(|form| form == &forms[0]));
}

#[tokio::test]
async fn rf_09_a_refresh_request_holds_the_grant_and_nothing_else() {
    let world = strict();
    let mut browser = world.browser();
    browser.open("/").await;
    world.sent.clear();

    world.clock.advance(PAST);
    browser.open("/").await;

    let exchange = &world.sent.exchanges()[0];
    let token = presented(std::slice::from_ref(exchange))[0]["refresh_token"].clone();
    assert_eq!(
        exchange.sent(),
        format!(
            "POST https://acme.example/oauth/token\n\
             accept: application/json\n\
             authorization: Basic ZW11bGF0b3ItY2xpZW50OmVtdWxhdG9yLXNlY3JldA==\n\
             content-type: application/x-www-form-urlencoded\n\
             user-agent: oauth-runtime/0.1.0\n\
             x-acme-version: 7\n\
             \ngrant_type=refresh_token&refresh_token={token}"
        )
    );
}

/// A persistence that fails to keep tokens so many times.
struct Failing {
    cookies: EncryptedCookies,
    failures: AtomicUsize,
}

impl OAuthPersistence for Failing {
    fn begin<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.cookies.begin(cx, response, login)
    }

    fn take<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        self.cookies.take(cx, response, state)
    }

    fn store_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.cookies.store_tokens(cx, response, tokens)
    }

    fn renew_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        let fails = |left: usize| left.checked_sub(1);
        if self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, fails).is_ok() {
            return Box::pin(async { Err(PersistenceError::unavailable("the disk is full")) });
        }
        self.cookies.store_tokens(cx, response, tokens)
    }

    fn tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        self.cookies.tokens(cx, response)
    }

    fn forget<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.cookies.forget(cx, response)
    }

    fn refresh_guard(&self) -> Option<oauth_providers::RefreshGuard> {
        Some(oauth_providers::RefreshGuard::in_process())
    }
}

#[tokio::test]
async fn rf_02_nobody_is_given_a_token_that_is_not_kept() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(LIFETIME).rotate_refresh();
    let cookies = EncryptedCookies::new(key_ring()).single_process();
    let failing = Failing { cookies, failures: AtomicUsize::new(2) };
    let world = World::around(Acme, emulator.revoke_family_on_reuse(), clock, |builder| {
        builder.persistence(failing)
    });
    let mut browser = world.browser();
    browser.open("/").await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        world.clock.advance(Duration::from_secs(600));
        statuses.push(browser.open("/page").await.status());
    }

    assert_eq!(
        statuses,
        [StatusCode::SERVICE_UNAVAILABLE, StatusCode::SERVICE_UNAVAILABLE, StatusCode::OK]
    );
    // What could not be kept for the browser is not lost: no refresh token is presented twice.
    let forms = presented(&world.sent.exchanges());
    let tokens: HashSet<&String> = forms.iter().map(|form| &form["refresh_token"]).collect();
    assert_eq!((tokens.len(), forms.len()), (3, 3));
}

#[tokio::test]
async fn rf_05_only_invalid_grant_ends_a_session() {
    let json = "application/json";
    let transient = [
        answer(StatusCode::UNAUTHORIZED, json, r#"{"error":"invalid_client"}"#),
        answer(StatusCode::BAD_REQUEST, json, r#"{"error":"unauthorized_client"}"#),
        answer(StatusCode::BAD_REQUEST, json, r#"{"error":"invalid_scope"}"#),
        answer(StatusCode::BAD_REQUEST, json, r#"{"error":"temporarily_unavailable"}"#),
        answer(StatusCode::TOO_MANY_REQUESTS, "text/plain", "slow down"),
        answer(StatusCode::SERVICE_UNAVAILABLE, "text/plain", "down"),
        answer(StatusCode::OK, "text/html", "<html>captive portal</html>"),
        answer(StatusCode::FOUND, "text/html", ""),
    ];
    for response in transient {
        let world = strict();
        let mut browser = world.browser();
        browser.open("/").await;
        world.clock.advance(PAST);
        world.emulator.answer_next(Endpoint::Token, response.clone());

        let during = browser.open("/page").await;
        world.clock.advance(Duration::from_secs(1));
        let after = browser.open("/page").await;

        assert_eq!(during.status(), StatusCode::SERVICE_UNAVAILABLE, "{response:?}");
        assert_eq!(during.header("retry-after"), "1");
        assert!(during.set_cookies().is_empty(), "{response:?}");
        assert_eq!(after.text(), "somebody reads /page", "{response:?}");
    }
}

#[tokio::test]
async fn rf_05_a_page_for_everybody_does_not_fail_with_the_provider() {
    let world = strict();
    let page = |session: Option<oauth_providers::Session<Acme>>| async move {
        if session.is_some() { "somebody" } else { "nobody" }
    };
    let router = axum::Router::new().fallback(page).layer(world.oauth.filter().optional());
    let router = router.route_service(world.oauth.callback_path(), world.oauth.callback());
    let mut browser = world.browser_of(oauth_tests::Site::new(router));
    browser.open("/oauth/acme/login").await;
    world.clock.advance(PAST);
    world.emulator.fail_next(Endpoint::Token, StatusCode::SERVICE_UNAVAILABLE);

    let during = browser.look_at("/page").await;
    world.clock.advance(Duration::from_secs(1));
    let after = browser.look_at("/page").await;

    assert_eq!((during.text(), after.text()), ("nobody", "somebody"));
    assert!(during.set_cookies().is_empty());
}

#[tokio::test]
async fn rf_05_a_refresh_token_that_was_revoked_leads_to_a_new_login() {
    let world = strict();
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(PAST);
    world.emulator.revoke_everything();

    let page = browser.look_at("/page").await;

    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(page.location().unwrap().host_str(), Some("acme.example"));
    assert_eq!(browser.open("/page").await.text(), "somebody reads /page");
}

#[tokio::test]
async fn rf_05_a_server_is_left_alone_for_as_long_as_it_asks() {
    let world = strict();
    let session = world.log_in().await;
    world.clock.advance(PAST);
    let mut busy = answer(StatusCode::TOO_MANY_REQUESTS, "text/plain", "");
    busy.headers_mut().insert(RETRY_AFTER, 120.into());
    world.emulator.answer_next(Endpoint::Token, busy);

    let error = session.client().get("/x").unwrap().send().await.unwrap_err();
    world.clock.advance(Duration::from_secs(119));
    let still = call(&session.client()).await;
    world.clock.advance(Duration::from_secs(1));
    let then = call(&session.client()).await;

    assert!(matches!(error, ApiError::Unavailable { retry_after } if retry_after.as_secs() == 120));
    assert_eq!((still, then), (Err("unavailable"), Ok(StatusCode::OK)));
    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn rf_06_a_valid_token_serves_while_it_is_renewed() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).rotate_refresh();
    let world = World::around(Acme, emulator, clock, |builder| builder);
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(Duration::from_secs(3590));
    let held = world.emulator.hold_next(Endpoint::Token);

    for _ in 0..100 {
        assert_eq!(browser.open("/page").await.text(), "somebody reads /page");
    }
    until(|| world.emulator.refreshes() == 1).await;
    drop(held);
    world.clock.advance(Duration::from_secs(20));
    let after = browser.open("/page").await;

    assert_eq!(after.text(), "somebody reads /page");
    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn rf_07_a_token_that_the_api_refuses_is_renewed_once() {
    let world = strict();
    let session = world.log_in().await;
    world.emulator.revoke_access_tokens();

    let status = call(&session.client()).await;

    assert_eq!(status, Ok(StatusCode::OK));
    assert_eq!((world.emulator.refreshes(), world.emulator.requests(Endpoint::Api)), (1, 2));
}

fn refusal(status: StatusCode, challenge: &'static str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    if !challenge.is_empty() {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge.parse().unwrap());
    }
    response
}

#[tokio::test]
async fn rf_07_an_api_that_always_refuses_is_asked_twice() {
    let world = strict();
    let session = world.log_in().await;
    for _ in 0..2 {
        let refusal = refusal(StatusCode::UNAUTHORIZED, "Bearer error=\"invalid_token\"");
        world.emulator.answer_next(Endpoint::Api, refusal);
    }

    let status = call(&session.client()).await;

    assert_eq!(status, Ok(StatusCode::UNAUTHORIZED));
    assert_eq!((world.emulator.refreshes(), world.emulator.requests(Endpoint::Api)), (1, 2));
}

#[tokio::test]
async fn rf_07_other_refusals_renew_nothing() {
    for (status, challenge) in [
        (StatusCode::UNAUTHORIZED, ""),
        (StatusCode::UNAUTHORIZED, "Basic realm=\"x\""),
        (StatusCode::UNAUTHORIZED, "Bearer error=\"invalid_request\""),
        (StatusCode::FORBIDDEN, "Bearer error=\"insufficient_scope\""),
    ] {
        let world = strict();
        let session = world.log_in().await;
        world.emulator.answer_next(Endpoint::Api, refusal(status, challenge));

        assert_eq!(call(&session.client()).await, Ok(status), "{challenge}");

        assert_eq!((world.emulator.refreshes(), world.emulator.requests(Endpoint::Api)), (0, 1));
    }
}

#[tokio::test]
async fn rf_08_a_refused_post_is_sent_again_with_its_body() {
    let world = strict();
    let session = world.log_in().await;
    world.emulator.revoke_access_tokens();
    world.sent.clear();

    let client = session.client();
    client.post("/invoices").unwrap().body("whole").send().await.unwrap();

    let exchanges = world.sent.exchanges();
    let calls = exchanges.iter().filter(|exchange| exchange.request.uri().path() == "/v1/invoices");
    let bodies: Vec<&Bytes> = calls.map(|exchange| exchange.request.body()).collect();
    assert_eq!(bodies, ["whole", "whole"]);
}

#[tokio::test]
async fn rf_10_no_call_goes_out_without_a_good_token() {
    let world = strict();
    let session = world.log_in().await;
    world.clock.advance(PAST);
    world.emulator.fail_next(Endpoint::Token, StatusCode::INTERNAL_SERVER_ERROR);

    let status = call(&session.client()).await;

    assert_eq!(status, Err("unavailable"));
    assert_eq!(world.emulator.requests(Endpoint::Api), 0);
}

#[tokio::test]
async fn rf_10_a_dead_refresh_token_says_where_to_log_in_again() {
    let world = strict();
    let session = world.log_in().await;
    world.clock.advance(PAST);
    world.emulator.revoke_everything();

    let error = session.client().get("/x").unwrap().send().await.unwrap_err();

    assert_eq!(error.to_string(), "the user must log in again at `/oauth/acme/login`");
}

#[tokio::test]
async fn rf_11_a_session_ends_however_often_its_token_is_renewed() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(LIFETIME).rotate_refresh();
    let cookies = EncryptedCookies::new(key_ring()).single_process();
    let world = World::around(Acme, emulator, clock, |builder| {
        builder.persistence(cookies.lifetime(Duration::from_secs(300)))
    });
    let mut browser = world.browser();
    browser.open("/").await;

    for _ in 0..4 {
        world.clock.advance(PAST);
        assert_eq!(browser.look_at("/page").await.status(), StatusCode::OK);
    }
    world.clock.advance(PAST);

    assert_eq!(browser.look_at("/page").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn rf_12_a_clock_that_jumps_costs_one_refresh_at_most() {
    let world = strict();
    let mut browser = world.browser();
    browser.open("/").await;

    world.clock.advance(Duration::from_secs(7200));
    assert_eq!(browser.look_at("/page").await.status(), StatusCode::OK);
    world.clock.rewind(Duration::from_secs(7200));
    assert_eq!(browser.look_at("/page").await.status(), StatusCode::OK);
    world.clock.advance(Duration::from_secs(7200));
    assert_eq!(browser.look_at("/page").await.status(), StatusCode::OK);

    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn cc_01_any_number_of_callers_cause_one_refresh_each_generation() {
    let world = strict();
    let session = world.log_in().await;
    let shared = session.client();

    for generation in 1..=20 {
        world.clock.advance(PAST);
        let mut callers = JoinSet::new();
        for _ in 0..200 {
            let client = shared.clone();
            callers.spawn(async move { call(&client).await });
        }
        let answers = callers.join_all().await;

        assert!(answers.iter().all(|answer| *answer == Ok(StatusCode::OK)), "{generation}");
        assert_eq!(world.emulator.refreshes(), generation);
    }
}

#[tokio::test]
async fn cc_05_a_caller_that_goes_away_cancels_nothing() {
    let world = strict();
    let session = world.log_in().await;
    world.clock.advance(PAST);
    let held = world.emulator.hold_next(Endpoint::Token);
    let client = session.client();
    let caller = tokio::spawn(async move { call(&client).await });
    until(|| world.emulator.refreshes() == 1).await;

    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    drop(held);

    assert_eq!(call(&session.client()).await, Ok(StatusCode::OK));
    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn cc_06_the_loser_of_a_race_does_not_harm_the_winner() {
    let world = world(Emulator::rotate_refresh);
    let mut winner = world.browser();
    winner.open("/").await;
    let mut loser = winner.clone();
    world.clock.advance(PAST);
    winner.open("/").await;
    winner.open("/").await;
    world.clock.advance(PAST);

    let lost = loser.look_at("/page").await;
    let won = winner.open("/page").await;

    assert_eq!(lost.status(), StatusCode::SEE_OTHER);
    assert_eq!(won.text(), "somebody reads /page");
}

#[tokio::test]
async fn cc_07_a_logout_is_not_undone_by_a_refresh_that_lands_later() {
    let world = strict();
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(PAST);
    let held = world.emulator.hold_next(Endpoint::Token);
    let mut slow = browser.clone();
    let request = tokio::spawn(async move { slow.look_at("/slow").await });
    until(|| world.emulator.refreshes() == 1).await;

    let before = browser.clone();
    let logout = Request::post("/logout").header("sec-fetch-site", "same-origin");
    browser.send(logout.body(Bytes::new()).unwrap()).await;
    drop(held);
    let late = request.await.unwrap();

    until(|| world.emulator.requests(Endpoint::Revocation) == 1).await;
    let restored = late
        .set_cookies()
        .iter()
        .any(|cookie| cookie.starts_with("__Host-oauth-acme=") && !cookie.contains("Max-Age=0"));
    assert!(!restored, "{:?}", late.set_cookies());
    assert_eq!(before.clone().look_at("/page").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn cc_07_a_new_login_is_not_overwritten_by_a_response_of_the_old_one() {
    let world = strict();
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(PAST);
    let held = world.emulator.hold_next(Endpoint::Token);
    let mut slow = browser.clone();
    let request = tokio::spawn(async move { slow.look_at("/slow").await });
    until(|| world.emulator.refreshes() == 1).await;

    let callback = browser.begin_and_agree("/oauth/acme/login?return_to=/new").await;
    let arrived = browser.arrive(callback.as_str()).await;
    drop(held);
    let late = request.await.unwrap();

    assert_eq!(arrived.status(), StatusCode::SEE_OTHER);
    browser.jar_mut().take(late.url(), late.headers());
    assert_eq!(browser.look_at("/new").await.text(), "somebody reads /new");
}

#[tokio::test]
async fn a_response_that_is_lost_on_the_way_to_the_browser_logs_nobody_out() {
    let world = strict();
    let call_the_api = |session: oauth_providers::Session<Acme>| async move {
        session.client().get("/invoices").unwrap().send().await.unwrap().status().to_string()
    };
    let mut browser = world.browser_with(call_the_api);
    browser.open("/").await;
    world.clock.advance(PAST);
    assert_eq!(browser.clone().open("/lost").await.text(), "200 OK");

    world.clock.advance(Duration::from_secs(1800));
    let back = browser.look_at("/page").await;

    assert_eq!(back.text(), "200 OK");
    assert_eq!(browser.look_at("/page").await.text(), "200 OK");
}

#[tokio::test]
async fn a_provider_that_gives_the_same_tokens_again_can_be_logged_in_at_again() {
    let json = |body: &'static str| answer(StatusCode::OK, "application/json", body);
    let same = r#"{"access_token":"same","refresh_token":"same","token_type":"Bearer"}"#;
    let world = strict();
    let mut browser = world.browser();
    for page in ["/first", "/second"] {
        world.emulator.answer_next(Endpoint::Token, json(same));
        browser.open(&format!("/oauth/acme/login?return_to={page}")).await;
        assert_eq!(browser.look_at(page).await.text(), format!("somebody reads {page}"));
    }
    let logout = Request::post("/logout").header("sec-fetch-site", "same-origin");
    browser.send(logout.body(Bytes::new()).unwrap()).await;

    world.emulator.answer_next(Endpoint::Token, json(same));
    let page = browser.open("/third").await;

    assert_eq!(page.text(), "somebody reads /third");
}

#[tokio::test]
async fn tokens_that_the_application_renews_before_it_admits_the_user_are_the_ones_kept() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(LIFETIME).rotate_refresh();
    let world = World::around(Acme, emulator.revoke_family_on_reuse(), clock, |builder| {
        builder.accounts(Accounts::in_memory().unwrap()).on_login(|login| async move {
            login.session().client().refresh().await?;
            Ok(Admission::new().account("ada"))
        })
    });
    let mut browser = world.browser();
    browser.open("/").await;

    for _ in 0..2 {
        world.clock.advance(Duration::from_secs(4000));
        assert_eq!(browser.look_at("/page").await.text(), "ada reads /page");
        world.clock.advance(Duration::from_secs(4000));
        assert_eq!(call(&world.oauth.client_for("ada").await.unwrap()).await, Ok(StatusCode::OK));
    }

    let forms = presented(&world.sent.exchanges());
    let tokens: HashSet<&String> = forms.iter().map(|form| &form["refresh_token"]).collect();
    assert_eq!((tokens.len(), forms.len()), (5, 5));
}

#[tokio::test]
async fn a_job_that_slept_too_long_does_not_log_the_browser_out() {
    let world = strict();
    let found = Arc::new(std::sync::Mutex::new(None));
    let place = Arc::clone(&found);
    let keep = |session: oauth_providers::Session<Acme>| async move {
        place.lock().unwrap().get_or_insert_with(|| session.client());
        "kept"
    };
    let mut browser = world.browser_with(keep);
    browser.open("/").await;
    for _ in 0..3 {
        world.clock.advance(Duration::from_secs(4000));
        assert_eq!(browser.look_at("/page").await.text(), "kept");
        assert_eq!(browser.look_at("/page").await.text(), "kept");
    }

    let client = found.lock().unwrap().clone().unwrap();
    let slept = call(&client).await;
    world.clock.advance(PAST);

    assert_eq!(slept, Err("reconnect"));
    assert_eq!(browser.look_at("/page").await.text(), "kept");
}

#[tokio::test]
async fn a_job_with_the_refresh_token_of_a_session_leaves_the_session_as_it_is() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(LIFETIME).rotate_refresh();
    let tokens = Arc::new(std::sync::Mutex::new(String::new()));
    let place = Arc::clone(&tokens);
    let world = World::around(Acme, emulator.revoke_family_on_reuse(), clock, |builder| {
        builder.on_login(move |login| {
            let token = login.session().tokens().refresh_token().unwrap().expose().to_owned();
            *place.lock().unwrap() = token;
            async { Ok(Admission::new().account("ada")) }
        })
    });
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(PAST);
    let token = tokens.lock().unwrap().clone();

    assert_eq!(call(&world.oauth.offline(token)).await, Ok(StatusCode::OK));
    let page = browser.look_at("/page").await;

    assert_eq!(page.text(), "ada reads /page");
    assert_eq!(browser.look_at("/page").await.text(), "ada reads /page");
    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn a_job_that_keeps_its_refresh_token_knows_the_newest_after_each_call() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).rotate_refresh();
    let world = World::around(Acme, emulator.revoke_family_on_reuse(), clock, |builder| builder);
    let client = world.oauth.offline(world.emulator.refresh_token_of("1815"));
    assert_eq!(call(&client).await, Ok(StatusCode::OK));

    world.clock.advance(Duration::from_secs(3599));
    assert_eq!(call(&client).await, Ok(StatusCode::OK));

    assert_eq!(world.emulator.refreshes(), 2);
    let next_run = world.oauth.offline(client.refresh_token().unwrap().expose());
    assert_eq!(call(&next_run).await, Ok(StatusCode::OK));
}

#[tokio::test]
async fn a_clock_that_is_set_back_confuses_no_account() {
    let world = with_accounts();
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.rewind(Duration::from_secs(600));
    world.emulator.revoke_access_tokens();

    for _ in 0..3 {
        assert_eq!(call(&world.oauth.client_for("ada").await.unwrap()).await, Ok(StatusCode::OK));
        world.clock.advance(Duration::from_secs(4000));
    }

    assert_eq!(browser.look_at("/page").await.text(), "ada reads /page");
}

#[tokio::test]
async fn an_account_whose_refresh_token_is_dead_is_not_asked_for_again() {
    let world = with_accounts();
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(PAST);
    world.emulator.revoke_everything();

    assert_eq!(call(&world.oauth.client_for("ada").await.unwrap()).await, Err("reconnect"));
    world.clock.advance(PAST);

    assert_eq!(world.oauth.client_for("ada").await.unwrap_err().code(), "reconnect");
    assert_eq!(browser.look_at("/page").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn parallel_requests_with_an_expired_token_keep_the_row_of_a_session() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(LIFETIME).rotate_refresh();
    let world = World::around(Acme, emulator.revoke_family_on_reuse(), clock, |builder| {
        builder.persistence(crate::persistence::InMemory::new())
    });
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(PAST);

    let mut requests = JoinSet::new();
    for _ in 0..20 {
        let mut tab = browser.clone();
        requests.spawn(async move { tab.look_at("/page").await.status() });
    }

    assert!(requests.join_all().await.iter().all(|status| *status == StatusCode::OK));
    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn a_process_that_ends_can_wait_for_what_is_under_way() {
    let world = strict();
    let session = world.log_in().await;
    world.clock.advance(PAST);
    let held = world.emulator.hold_next(Endpoint::Token);
    let client = session.client();
    let caller = tokio::spawn(async move { call(&client).await });
    until(|| world.emulator.refreshes() == 1).await;
    let oauth = world.oauth.clone();
    let drained = tokio::spawn(async move { oauth.drain().await });
    tokio::task::yield_now().await;
    assert!(!drained.is_finished());

    drop(held);

    drained.await.unwrap();
    assert_eq!(caller.await.unwrap(), Ok(StatusCode::OK));
}

#[test]
fn without_a_runtime_a_renewal_says_so() {
    let world = strict();
    let client = world.oauth.offline(world.emulator.refresh_token_of("1815"));
    let mut send = std::pin::pin!(client.get("/x").unwrap().send());

    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(answer) = send.as_mut().poll(&mut cx) else { panic!("it waits") };

    assert_eq!(answer.unwrap_err().code(), "no_runtime");
}

#[tokio::test]
async fn cc_08_a_session_that_is_stuck_delays_no_other() {
    let world = strict();
    let stuck = world.log_in().await;
    let free = world.log_in().await;
    world.clock.advance(PAST);
    let held = world.emulator.hold_next(Endpoint::Token);
    let client = stuck.client();
    let waiting = tokio::spawn(async move { call(&client).await });
    until(|| world.emulator.refreshes() == 1).await;

    assert_eq!(call(&free.client()).await, Ok(StatusCode::OK));

    assert!(!waiting.is_finished());
    drop(held);
    assert_eq!(waiting.await.unwrap(), Ok(StatusCode::OK));
}

#[tokio::test]
async fn cc_10_a_failing_server_is_asked_once_for_all_who_wait() {
    let world = strict();
    let session = world.log_in().await;
    world.clock.advance(PAST);
    for _ in 0..3 {
        world.emulator.fail_next(Endpoint::Token, StatusCode::SERVICE_UNAVAILABLE);
    }
    let requests = world.emulator.requests(Endpoint::Token);

    for pause in [1, 2, 4] {
        let mut callers = JoinSet::new();
        for _ in 0..256 {
            let client = session.client();
            callers.spawn(async move { call(&client).await });
        }
        assert!(callers.join_all().await.iter().all(|answer| *answer == Err("unavailable")));
        world.clock.advance(Duration::from_secs(pause));
    }

    assert_eq!(world.emulator.requests(Endpoint::Token), requests + 3);
    assert_eq!(call(&session.client()).await, Ok(StatusCode::OK));
}

#[tokio::test]
async fn cc_11_parallel_requests_with_one_old_cookie_share_a_refresh() {
    let world = strict();
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(PAST);
    let old = browser.clone();

    let mut requests = JoinSet::new();
    for _ in 0..20 {
        let mut tab: Browser = old.clone();
        requests.spawn(async move { tab.open("/page").await });
    }
    let pages = requests.join_all().await;
    world.clock.advance(Duration::from_secs(58));
    let late = old.clone().open("/late").await;

    for page in pages.iter().chain([&late]) {
        assert_eq!(page.status(), StatusCode::OK);
        assert!(page.set_cookies().iter().any(|cookie| cookie.starts_with("__Host-oauth-acme=")));
    }
    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn cc_11_a_slow_response_carries_the_newest_cookie() {
    let world = strict();
    let mut browser = world.browser();
    browser.open("/").await;
    let renewed = Arc::new(AtomicBool::new(false));
    let started = Arc::new(AtomicBool::new(false));
    let slow_page = {
        let (renewed, started) = (Arc::clone(&renewed), Arc::clone(&started));
        move || async move {
            started.store(true, Ordering::SeqCst);
            until(|| renewed.load(Ordering::SeqCst)).await;
            "slow"
        }
    };
    let mut slow = world.browser_with(slow_page);
    *slow.jar_mut() = browser.jar().clone();
    let request = tokio::spawn(async move { slow.look_at("/slow").await });
    until(|| started.load(Ordering::SeqCst)).await;

    world.clock.advance(PAST);
    browser.open("/").await;
    renewed.store(true, Ordering::SeqCst);
    let page = request.await.unwrap();

    assert_eq!(page.text(), "slow");
    assert!(page.set_cookies()[0].starts_with("__Host-oauth-acme="), "{:?}", page.set_cookies());
    assert_eq!(world.emulator.refreshes(), 1);
}

#[test]
fn cc_11_cookies_on_several_machines_are_refused_where_a_token_may_rotate() {
    let error = OAuth::builder(Acme)
        .client_id("id")
        .client_secret("secret")
        .redirect_uri("https://app.example/oauth/acme/callback")
        .persistence(EncryptedCookies::new(key_ring()))
        .build()
        .unwrap_err();

    assert_eq!(
        error.to_string(),
        "Acme cannot be set up\n  \
         - a provider that rotates refresh tokens logs a user out when two servers use one at once, \
         and `EncryptedCookies` cannot prevent it; call `.single_process()` on them if one process \
         serves the application, or `.coordinator(store)` with a store that all share, or declare \
         `offline(never)` or `dialect(refresh_keeps)`"
    );
}

#[test]
fn cc_11_a_provider_that_keeps_its_refresh_tokens_is_not_refused() {
    let google = OAuth::builder(oauth_providers::Google)
        .client_id("id")
        .client_secret("secret")
        .redirect_uri("https://app.example/oauth/google/callback")
        .offline_access(true)
        .persistence(EncryptedCookies::new(key_ring()))
        .build();

    assert!(google.is_ok());
}

/// A client that panics once.
#[derive(Clone)]
struct Panicking {
    inner: Emulator,
    armed: Arc<AtomicBool>,
}

impl HttpClient for Panicking {
    fn call(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let refreshes = request.body().starts_with(b"grant_type=refresh_token");
        assert!(!(refreshes && self.armed.swap(false, Ordering::SeqCst)), "as it was told to");
        HttpClient::call(&self.inner, request)
    }
}

#[tokio::test]
async fn cc_12_a_panic_in_a_refresh_wedges_no_session() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(LIFETIME).rotate_refresh();
    let client = Panicking { inner: emulator.clone(), armed: Arc::new(AtomicBool::new(true)) };
    let world = World::around(Acme, emulator, clock, |builder| builder.http_client(client));
    let session = world.log_in().await;
    world.clock.advance(PAST);

    let during = call(&session.client()).await;
    world.clock.advance(Duration::from_secs(1));
    let after = call(&session.client()).await;

    assert_eq!((during, after), (Err("unavailable"), Ok(StatusCode::OK)));
}

#[tokio::test]
async fn a_lost_request_is_tried_again_and_a_lost_answer_costs_one_login() {
    let world = strict();
    let session = world.log_in().await;
    world.clock.advance(PAST);
    world.emulator.lose_next_request(Endpoint::Token);
    assert_eq!(call(&session.client()).await, Err("unavailable"));
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(call(&session.client()).await, Ok(StatusCode::OK));

    world.clock.advance(PAST);
    world.emulator.lose_next_answer(Endpoint::Token);
    assert_eq!(call(&session.client()).await, Err("unavailable"));
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(call(&session.client()).await, Err("reconnect"));
    assert_eq!(call(&session.client()).await, Err("reconnect"));
}

fn with_accounts() -> World<Acme> {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(LIFETIME).rotate_refresh();
    World::around(Acme, emulator.revoke_family_on_reuse(), clock, |builder| {
        builder
            .accounts(Accounts::in_memory().unwrap())
            .on_login(|_| async { Ok(Admission::new().account("ada")) })
    })
}

#[tokio::test]
async fn a_job_calls_the_api_for_an_account_without_a_request() {
    let world = with_accounts();
    let mut browser = world.browser();
    browser.open("/").await;

    for _ in 0..3 {
        world.clock.advance(PAST);
        let client = world.oauth.client_for("ada").await.unwrap();
        assert_eq!(call(&client).await, Ok(StatusCode::OK));
        assert_eq!(call(&client).await, Ok(StatusCode::OK));
    }

    assert_eq!(world.emulator.refreshes(), 3);
    assert_eq!(world.oauth.client_for("nobody").await.unwrap_err().code(), "reconnect");
}

#[tokio::test]
async fn a_job_and_a_session_of_one_login_do_not_log_each_other_out() {
    let world = with_accounts();
    let mut browser = world.browser();
    browser.open("/").await;

    for _ in 0..3 {
        world.clock.advance(PAST);
        assert_eq!(call(&world.oauth.client_for("ada").await.unwrap()).await, Ok(StatusCode::OK));
        world.clock.advance(PAST);
        assert_eq!(browser.open("/page").await.text(), "ada reads /page");
    }

    assert_eq!(world.emulator.refreshes(), 6);
}

#[tokio::test]
async fn a_logout_of_the_browser_leaves_the_job_connected() {
    let world = with_accounts();
    let mut browser = world.browser();
    browser.open("/").await;

    let logout = Request::post("/logout").header("sec-fetch-site", "same-origin");
    browser.send(logout.body(Bytes::new()).unwrap()).await;
    world.clock.advance(PAST);

    assert_eq!(call(&world.oauth.client_for("ada").await.unwrap()).await, Ok(StatusCode::OK));
    assert_eq!(browser.look_at("/page").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_bare_refresh_token_is_enough_for_a_job() {
    let world = strict();
    let session = world.log_in().await;
    let token = session.tokens().refresh_token().unwrap().expose().to_owned();
    let client = world.oauth.offline(token.clone());

    for _ in 0..3 {
        assert_eq!(call(&client).await, Ok(StatusCode::OK));
    }
    assert_eq!(world.emulator.refreshes(), 1);
    world.clock.advance(PAST);
    assert_eq!(call(&client).await, Ok(StatusCode::OK));

    assert_eq!(world.emulator.refreshes(), 2);
    assert_ne!(client.refresh_token().unwrap().expose(), token);
}

#[tokio::test]
async fn without_a_cache_each_call_fetches_an_access_token() {
    let world = strict();
    let session = world.log_in().await;
    let token = session.tokens().refresh_token().unwrap().expose().to_owned();
    let client = world.oauth.offline(token).without_cache();

    for _ in 0..3 {
        assert_eq!(call(&client).await, Ok(StatusCode::OK));
    }

    assert_eq!(world.emulator.refreshes(), 3);
}

#[tokio::test]
async fn a_client_stack_of_the_application_carries_the_token() {
    let world = strict();
    let session = world.log_in().await;
    world.clock.advance(PAST);
    let stack = session.client().layer().layer(world.emulator.clone());

    let request = Request::get("/invoices").body(Bytes::new()).unwrap();
    let response = stack.clone().oneshot(request).await.unwrap();
    let foreign = Request::get("https://evil.example/").body(Bytes::new()).unwrap();
    let refused = stack.oneshot(foreign).await.unwrap_err();

    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(refused.downcast::<ApiError>().unwrap().code(), "foreign_origin");
    assert_eq!(world.emulator.requests(Endpoint::Unknown), 0);
}

#[tokio::test]
async fn an_answer_comes_chunk_by_chunk() {
    let world = strict();
    let session = world.log_in().await;

    let response = session.client().get("/invoices").unwrap().stream().await.unwrap();
    let mut body = response.into_body();
    let mut whole = Vec::new();
    while let Some(chunk) = body.chunk().await.unwrap() {
        whole.extend_from_slice(&chunk);
    }

    let value: serde_json::Value = serde_json::from_slice(&whole).unwrap();
    assert_eq!(value["path"], "/invoices");
}

/// A server that renews tokens elsewhere than it gives them.
#[oauth_provider(
    authorization_endpoint = "https://apart.example/authorize",
    token_endpoint = "https://apart.example/token",
    api_base = "https://apart.example/api/",
    offline(always),
    dialect(refresh_endpoint = "https://apart.example/renew", refresh_keeps)
)]
struct Apart;

#[tokio::test]
async fn a_refresh_token_is_presented_at_its_own_endpoint() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Apart).clock(clock.clone()).expire_in(LIFETIME);
    let world = World::around(Apart, emulator, clock, |builder| builder);
    let session = world.log_in().await;

    for _ in 0..3 {
        world.clock.advance(PAST);
        assert_eq!(call(&session.client()).await, Ok(StatusCode::OK));
    }

    assert_eq!(world.emulator.requests(Endpoint::Token), 1);
    assert_eq!(world.emulator.requests(Endpoint::Refresh), 3);
}

#[tokio::test]
async fn a_short_token_of_a_kept_refresh_token_is_renewed_again_within_the_grace() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Apart).clock(clock.clone()).expire_in(Duration::from_secs(5));
    let world = World::around(Apart, emulator, clock, |builder| builder);
    let mut browser = world.browser();
    browser.open("/").await;

    for _ in 0..5 {
        world.clock.advance(Duration::from_secs(6));
        assert_eq!(browser.look_at("/page").await.status(), StatusCode::OK);
    }

    assert_eq!(world.emulator.requests(Endpoint::Refresh), 5);
}

#[tokio::test]
async fn a_head_request_renews_like_any_other() {
    let world = strict();
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(PAST);

    let request = Request::builder().method(Method::HEAD).uri("/page").body(Bytes::new()).unwrap();
    let page = browser.send(request).await;

    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn an_account_that_is_forgotten_has_to_be_connected_again() {
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone());
    let accounts = Accounts::in_memory().unwrap();
    let world = World::around(Acme, emulator, clock, |builder| {
        builder.accounts(accounts.clone()).on_login(async |_| Ok(Admission::new().account("ada")))
    });
    world.browser().open("/").await;
    assert_eq!(call(&world.oauth.client_for("ada").await.unwrap()).await, Ok(StatusCode::OK));

    accounts.forget(world.oauth.instance(), "ada").await.unwrap();

    assert_eq!(world.oauth.client_for("ada").await.unwrap_err().code(), "reconnect");
}
