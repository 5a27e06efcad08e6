//! Logging out, by the provider's word (OpenID Connect Back-Channel Logout).

use std::time::Duration;

use axum::Router;
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use oauth_providers::store::MemoryStore;
use oauth_providers::{
    Emulator, Endpoint, LogoutTokenFault, OAuth, OAuthBuilder, OpenId, Sessions, SystemEntropy,
    User,
};
use oauth_tests::{Browser, Site, WatchedStore, World, key_ring};
use serde_json::{Value, json};

use crate::oidc::forge::{header, header_with, rs256, token, with};
use crate::oidc::{ISSUER, NOW, who, world_of};
use crate::persistence::InMemory;

fn router(oauth: &OAuth<OpenId>) -> Site {
    let router = Router::new()
        .fallback(who::<OpenId>)
        .layer(oauth.filter())
        .route_service(oauth.callback_path(), oauth.callback())
        .route_service("/backchannel", oauth.backchannel_logout());
    Site::new(router)
}

/// An application with sessions in a store that is looked at.
#[derive(Clone)]
struct App {
    world: World<OpenId>,
    store: WatchedStore,
    site: Site,
}

impl App {
    fn new() -> Self {
        Self::with(|emulator| emulator, |builder| builder)
    }

    fn with(
        emulate: impl FnOnce(Emulator) -> Emulator,
        configure: impl FnOnce(OAuthBuilder<OpenId>) -> OAuthBuilder<OpenId>,
    ) -> Self {
        let store = WatchedStore::new(MemoryStore::new());
        let kept = Sessions::new(store.clone(), key_ring());
        let world = world_of(
            |emulator| {
                emulate(emulator.consent_page().user(User::new("ada")).user(User::new("bob")))
            },
            |builder| configure(builder.persistence(kept).entropy(SystemEntropy)),
        );
        Self { site: router(&world.oauth), world, store }
    }

    /// A browser in which somebody has logged in, and what the session is called at the provider. The time of a login passes.
    async fn log_in(&self, subject: &str) -> (Browser, String) {
        let mut browser = self.world.browser_of(self.site.clone());
        let authorization = browser.begin("/").await;
        let agreed = Request::post(authorization.as_str());
        let agreed = agreed.body(Bytes::from(format!("allow={subject}"))).unwrap();
        let callback = browser.send_from_another_site(agreed).await.location().unwrap();
        let page = browser.arrive(callback).await;
        assert_eq!(page.header("location"), "/", "{}", page.text());
        self.world.clock.advance(Duration::from_secs(20));
        (browser, self.world.emulator.newest_sid().unwrap())
    }

    /// What the provider says, as a form.
    async fn tell(&self, token: &str) -> Response<Bytes> {
        self.post(&format!("logout_token={token}")).await
    }

    async fn post(&self, form: &str) -> Response<Bytes> {
        let request = Request::post("/backchannel")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Bytes::from(form.to_owned()))
            .unwrap();
        self.site.call(request).await
    }

    /// The claims of a good logout token.
    fn claims(&self, id: &str) -> Value {
        let now = NOW + 20;
        json!({
            "iss": ISSUER,
            "aud": Emulator::CLIENT_ID,
            "iat": now,
            "exp": now + 120,
            "jti": id,
            "sub": "ada",
            "events": { EVENT: {} },
        })
    }
}

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

async fn is_logged_in(browser: &mut Browser) -> bool {
    let page = browser.look_at("/").await;
    match page.status() {
        StatusCode::OK => true,
        StatusCode::SEE_OTHER => false,
        other => panic!("{other} {}", page.text()),
    }
}

/// The status of an answer that no cache keeps, and the words for the provider's developer.
fn said(response: &Response<Bytes>) -> (u16, String) {
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(!response.headers().contains_key("set-cookie"));
    let body = response.body();
    let words = match body.is_empty() {
        true => String::new(),
        false => {
            let words: Value = serde_json::from_slice(body).unwrap();
            assert_eq!(words["error"], "invalid_request");
            words["error_description"].as_str().unwrap().to_owned()
        }
    };
    (response.status().as_u16(), words)
}

fn refused(words: &str) -> (u16, String) {
    (400, words.to_owned())
}

fn taken() -> (u16, String) {
    (200, String::new())
}

#[tokio::test]
async fn lo_04_a_good_logout_token_ends_the_session_that_it_names() {
    let app = App::new();
    let (mut one, sid) = app.log_in("ada").await;
    let (mut other, _) = app.log_in("ada").await;
    let (mut bob, _) = app.log_in("bob").await;

    let token = app.world.emulator.logout_token(None, Some(&sid), None);
    assert_eq!(said(&app.tell(&token).await), taken());

    assert!(!is_logged_in(&mut one).await);
    assert!(is_logged_in(&mut other).await);
    assert!(is_logged_in(&mut bob).await);
}

#[tokio::test]
async fn lo_04_a_logout_token_of_a_user_ends_each_session_of_theirs() {
    let app = App::new();
    let (mut one, _) = app.log_in("ada").await;
    let (mut other, _) = app.log_in("ada").await;
    let (mut bob, _) = app.log_in("bob").await;

    let token = app.world.emulator.logout_token(Some("ada"), None, None);
    assert_eq!(said(&app.tell(&token).await), taken());

    assert!(!is_logged_in(&mut one).await);
    assert!(!is_logged_in(&mut other).await);
    assert!(is_logged_in(&mut bob).await);
}

/// A session is ended where both fit: the name of one user's session does not end it in the name of another.
#[tokio::test]
async fn lo_04_a_session_that_is_another_users_lives() {
    let app = App::new();
    let (mut ada, sid) = app.log_in("ada").await;

    let token = app.world.emulator.logout_token(Some("bob"), Some(&sid), None);
    assert_eq!(said(&app.tell(&token).await), taken());
    assert!(is_logged_in(&mut ada).await);

    let token = app.world.emulator.logout_token(Some("ada"), Some(&sid), None);
    assert_eq!(said(&app.tell(&token).await), taken());
    assert!(!is_logged_in(&mut ada).await);
}

#[tokio::test]
async fn lo_04_a_logout_token_with_one_mistake_ends_nothing() {
    let app = App::new();
    let (mut ada, sid) = app.log_in("ada").await;
    for (fault, words) in [
        (
            LogoutTokenFault::AlgNone,
            "it is signed by `none`, which is not an algorithm that this client takes",
        ),
        (
            LogoutTokenFault::AnotherAlgorithm,
            "it is signed by `ES384`, which is not an algorithm that this client takes",
        ),
        (LogoutTokenFault::BadSignature, "the signature does not fit"),
        (LogoutTokenFault::WrongIssuer, "`iss` is another issuer"),
        (LogoutTokenFault::WrongAudience, "`aud` names another client"),
        (LogoutTokenFault::MissingEvent, "it is another kind of token"),
        (LogoutTokenFault::WrongEvent, "it is another kind of token"),
        (LogoutTokenFault::WithNonce, "it is another kind of token"),
        (LogoutTokenFault::MissingIssuedAt, "`iat` is missing, or of another kind than it must be"),
        (LogoutTokenFault::MissingTokenId, "`jti` is missing, or of another kind than it must be"),
        (LogoutTokenFault::MissingExpiry, "`exp` is missing, or of another kind than it must be"),
        (LogoutTokenFault::Expired, "`exp` is in the past"),
        (LogoutTokenFault::MissingUser, "`sid` is missing, or of another kind than it must be"),
    ] {
        let token = app.world.emulator.logout_token(Some("ada"), Some(&sid), Some(fault));

        assert_eq!(said(&app.tell(&token).await), refused(words), "{fault:?}");
        assert!(is_logged_in(&mut ada).await, "{fault:?}");
    }
}

#[tokio::test]
async fn lo_04_the_claims_of_a_logout_token_are_of_their_kinds() {
    let app = App::new();
    let (mut ada, _) = app.log_in("ada").await;
    let missing = |name: &str| format!("`{name}` is missing, or of another kind than it must be");
    let kind = "it is another kind of token".to_owned();
    for (change, words) in [
        (json!({ "iss": [ISSUER] }), missing("iss")),
        (json!({ "aud": null }), "`aud` names another client".to_owned()),
        (json!({ "aud": [Emulator::CLIENT_ID, "evil"] }), "`aud` names another client".to_owned()),
        (json!({ "iat": "1" }), missing("iat")),
        (json!({ "iat": NOW + 20 + 61 }), "`iat` or `nbf` is in the future".to_owned()),
        (json!({ "exp": NOW + 20 - 60 }), "`exp` is in the past".to_owned()),
        (json!({ "exp": "never" }), missing("exp")),
        (json!({ "jti": "" }), missing("jti")),
        (json!({ "jti": 1 }), missing("jti")),
        (json!({ "sub": "" }), missing("sub")),
        (json!({ "sub": 1 }), missing("sub")),
        (json!({ "sub": null, "sid": 1 }), missing("sid")),
        (json!({ "sub": null, "sid": "" }), missing("sid")),
        (json!({ "sub": null }), missing("sid")),
        (json!({ "events": EVENT }), missing("events")),
        (json!({ "events": [EVENT] }), missing("events")),
        (json!({ "events": {} }), kind.clone()),
        (json!({ "events": { EVENT: "x" } }), missing("events")),
        (
            json!({ "events": { "http://schemas.openid.net/event/BACKCHANNEL-LOGOUT": {} } }),
            kind.clone(),
        ),
        (json!({ "nonce": "" }), kind.clone()),
        (json!({ "nonce": 1 }), kind),
    ] {
        let made = token(header(), with(app.claims("an-id"), change.clone()), rs256(0));

        assert_eq!(said(&app.tell(&made).await), refused(&words), "{change}");
        assert!(is_logged_in(&mut ada).await, "{change}");
    }
    // What nobody knows is passed over, within the event and beside it.
    let change = json!({ "events": { EVENT: { "x": 1 }, "https://other.example": {} }, "x": [1], "azp": null });
    let made = token(header(), with(app.claims("an-id"), change), rs256(0));
    assert_eq!(said(&app.tell(&made).await), taken());
    assert!(!is_logged_in(&mut ada).await);
}

#[tokio::test]
async fn lo_04_a_logout_token_says_what_it_is_or_nothing() {
    for (typ, is_taken) in [
        (json!("logout+jwt"), true),
        (json!("LOGOUT+JWT"), true),
        (json!("JWT"), true),
        (json!("jwt"), true),
        (json!(null), true),
        (json!("at+jwt"), false),
        (json!("secevent+jwt"), false),
        (json!("application/logout+jwt"), false),
        (json!("id_token"), false),
        (json!(""), false),
    ] {
        let app = App::new();
        let (mut ada, _) = app.log_in("ada").await;
        let made = token(header_with(json!({ "typ": typ })), app.claims("an-id"), rs256(0));

        let said = said(&app.tell(&made).await);

        let expected = if is_taken { taken() } else { refused("it is another kind of token") };
        assert_eq!(said, expected, "{typ}");
        assert_eq!(is_logged_in(&mut ada).await, !is_taken, "{typ}");
    }
}

#[tokio::test]
async fn lo_04_an_id_token_logs_nobody_out() {
    let app = App::new();
    let (mut ada, _) = app.log_in("ada").await;
    let sent = app.world.sent.exchanges();
    let answer = sent.iter().find(|it| it.request.uri().path() == "/token").unwrap();
    let answer: Value = serde_json::from_slice(answer.response.as_ref().unwrap().body()).unwrap();

    let response = app.tell(answer["id_token"].as_str().unwrap()).await;

    assert_eq!(said(&response), refused("it is another kind of token"));
    assert!(is_logged_in(&mut ada).await);
}

#[tokio::test]
async fn lo_04_a_logout_is_told_once() {
    let app = App::new();
    app.log_in("ada").await;
    let token = app.world.emulator.logout_token(Some("ada"), None, None);
    assert_eq!(said(&app.tell(&token).await), taken());

    // Ada logs in again, and somebody shows the old token.
    let (mut ada, _) = app.log_in("ada").await;
    assert_eq!(said(&app.tell(&token).await), refused("its `jti` was seen before"));
    assert!(is_logged_in(&mut ada).await);

    // It is known for as long as it would be taken, by every process.
    app.world.clock.advance(Duration::from_secs(120));
    assert_eq!(said(&app.tell(&token).await).0, 400);
    let next = app.world.emulator.logout_token(Some("ada"), None, None);
    assert_eq!(said(&app.tell(&next).await), taken());
    assert!(!is_logged_in(&mut ada).await);
}

#[tokio::test]
async fn lo_05_the_endpoint_takes_one_token_in_a_form_of_a_post() {
    let app = App::new();
    let (mut ada, _) = app.log_in("ada").await;
    let token = app.world.emulator.logout_token(Some("ada"), None, None);
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let request = Request::builder()
            .method(method.clone())
            .uri(format!("/backchannel?logout_token={token}"));
        let response = app.site.call(request.body(Bytes::new()).unwrap()).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(response.headers()["allow"], "POST");
    }
    for kind in ["application/json", "text/plain", "application/logout+jwt", ""] {
        for body in [
            json!({ "logout_token": token }).to_string(),
            format!("logout_token={token}"),
            token.clone(),
        ] {
            let request = Request::post("/backchannel").header("content-type", kind);
            let response = app.site.call(request.body(Bytes::from(body)).unwrap()).await;
            assert_eq!(said(&response).0, 400, "{kind}");
        }
    }
    let once = "`logout_token` must be there once";
    for form in [
        format!("logout_token={token}&logout_token={token}"),
        format!("logout_token=&logout_token={token}"),
        "token=x".to_owned(),
        String::new(),
    ] {
        assert_eq!(said(&app.post(&form).await), refused(once), "{form}");
    }
    assert_eq!(said(&app.post("logout_token=").await).0, 400);
    let large = app.post(&format!("logout_token={token}&x={}", "x".repeat(1 << 20))).await;
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
    // A query says nothing.
    let request = Request::post(format!("/backchannel?logout_token={token}"))
        .header("content-type", "application/x-www-form-urlencoded");
    let response = app.site.call(request.body(Bytes::new()).unwrap()).await;
    assert_eq!(said(&response), refused(once));
    assert!(is_logged_in(&mut ada).await);

    // No cookie is needed, and what else the form says is passed over.
    assert_eq!(said(&app.post(&format!("a=b&logout_token={token}&c=d")).await), taken());
    assert!(!is_logged_in(&mut ada).await);
}

#[tokio::test]
async fn lo_05_a_user_whom_nobody_knows_is_logged_out() {
    let app = App::new();
    for (subject, sid) in
        [(Some("nobody"), None), (None, Some("no-session")), (Some("nobody"), Some("none"))]
    {
        let token = app.world.emulator.logout_token(subject, sid, None);
        assert_eq!(said(&app.tell(&token).await), taken(), "{subject:?} {sid:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn lo_05_ten_thousand_tokens_of_nobody_cost_the_issuer_nothing() {
    let app = App::new();
    let (mut ada, _) = app.log_in("ada").await;
    let before = app.world.sent.count();

    for number in 0..10_000 {
        let header = header_with(json!({ "kid": format!("random-{number}") }));
        let forged = token(header, app.claims("an-id"), |_| vec![7; 256]);
        assert_eq!(said(&app.tell(&forged).await).0, 400);
    }

    assert_eq!(app.world.sent.count() - before, 1, "the keys are asked for once more");
    assert!(is_logged_in(&mut ada).await);
}

/// A renewal that is under way when the provider logs the user out brings the session back no more.
#[tokio::test]
async fn lo_05_a_logout_of_the_provider_is_final_for_a_renewal_that_is_under_way() {
    let app = App::with(Emulator::rotate_refresh, |builder| builder.offline_access(true));
    let (mut ada, sid) = app.log_in("ada").await;
    app.world.clock.advance(Duration::from_secs(3601));
    let held = app.world.emulator.hold_next(Endpoint::Token);
    let mut renewing = ada.clone();
    let request = tokio::spawn(async move { renewing.look_at("/").await.status() });
    while app.world.emulator.refreshes() == 0 {
        tokio::task::yield_now().await;
    }

    let token = app.world.emulator.logout_token(None, Some(&sid), None);
    assert_eq!(said(&app.tell(&token).await), taken());
    drop(held);
    assert_eq!(request.await.unwrap(), StatusCode::SEE_OTHER, "the page is shown to nobody");
    app.world.oauth.drain().await;
    // What it brought is nobody's, and is given back.
    assert_eq!(app.world.emulator.requests(Endpoint::Revocation), 1);

    assert!(!is_logged_in(&mut ada).await);
    app.world.clock.advance(Duration::from_secs(3601));
    assert!(!is_logged_in(&mut ada).await);
}

#[tokio::test]
async fn lo_05_while_the_store_or_the_keys_cannot_be_had_the_provider_may_try_again() {
    let app = App::new();
    let (mut ada, _) = app.log_in("ada").await;
    let token = app.world.emulator.logout_token(Some("ada"), None, None);
    app.store.set_down(true);
    assert_eq!(app.tell(&token).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    app.store.set_down(false);
    assert!(is_logged_in(&mut ada).await);
    // It was not told yet.
    assert_eq!(said(&app.tell(&token).await), taken());
    assert!(!is_logged_in(&mut ada).await);

    let app = App::new();
    let token = app.world.emulator.logout_token(Some("ada"), None, None);
    app.world.emulator.fail_next(Endpoint::Metadata, StatusCode::INTERNAL_SERVER_ERROR);
    let response = app.tell(&token).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "5");
}

/// Each step of the store that fails leaves the logout to be told again, and none half done for good.
#[tokio::test]
async fn lo_05_a_logout_that_the_store_did_not_finish_is_told_again() {
    for step in ["load", "keys", "remove", "insert"] {
        for is_lost in [false, true] {
            let app = App::new();
            let (mut one, _) = app.log_in("ada").await;
            let (mut other, _) = app.log_in("ada").await;
            let token = app.world.emulator.logout_token(Some("ada"), None, None);
            match is_lost {
                true => app.store.lose_next(step),
                false => app.store.fail_next(step),
            }

            let first = app.tell(&token).await;
            let second = app.tell(&token).await;

            assert_eq!(first.status(), StatusCode::SERVICE_UNAVAILABLE, "{step}");
            // What was noted, and not heard of, was done.
            let expected = if step == "insert" && is_lost { 400 } else { 200 };
            assert_eq!(second.status().as_u16(), expected, "{step} {is_lost}");
            assert!(!is_logged_in(&mut one).await, "{step} {is_lost}");
            assert!(!is_logged_in(&mut other).await, "{step} {is_lost}");
        }
    }
}

/// Sessions that stand in browsers alone cannot be ended: the provider is told that this application does not do it.
#[tokio::test]
async fn lo_05_a_persistence_that_ends_nothing_says_so() {
    let sealed = world_of(|emulator| emulator, |builder| builder);
    let own = world_of(|emulator| emulator, |builder| builder.persistence(InMemory::new()));
    for world in [sealed, own] {
        let session = world.log_in().await;
        assert_eq!(session.claims().unwrap().subject(), "1815");
        let site = Site::new(world.oauth.backchannel_logout());
        let token = world.emulator.logout_token(Some("1815"), None, None);
        let request = Request::post("/backchannel")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Bytes::from(format!("logout_token={token}")))
            .unwrap();

        let response = site.call(request).await;

        assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
    }
}

#[tokio::test]
async fn sr_09_the_provider_finds_a_session_by_the_name_that_its_id_token_has() {
    let app = App::with(Emulator::rotate_refresh, |builder| builder.offline_access(true));
    let (mut ada, sid) = app.log_in("ada").await;
    // Renewed twice, and an ID token with it.
    for _ in 0..2 {
        app.world.clock.advance(Duration::from_secs(3601));
        assert!(is_logged_in(&mut ada).await);
    }
    assert_eq!(app.world.emulator.refreshes(), 2);

    let token = app.world.emulator.logout_token(None, Some(&sid), None);
    assert_eq!(said(&app.tell(&token).await), taken());

    assert!(!is_logged_in(&mut ada).await);
}

/// Five sessions of one user, which came by three machines.
#[tokio::test]
async fn sr_09_the_provider_ends_the_sessions_of_a_user_on_every_machine() {
    let first = App::new();
    let emulator = &first.world.emulator;
    let machine = || {
        let kept = Sessions::new(first.store.of_another_process(), key_ring());
        let clock = first.world.clock.clone();
        World::around(OpenId::issuer(ISSUER), emulator.clone(), clock, |builder| {
            builder.persistence(kept).entropy(SystemEntropy)
        })
    };
    let (second, third) = (machine(), machine());
    let machines = [&first.world.oauth, &second.oauth, &third.oauth].map(router);
    let mut browsers = Vec::new();
    for number in 0..5 {
        let app = App { site: machines[number % 3].clone(), ..first.clone() };
        browsers.push(app.log_in("ada").await);
    }
    let (mut bob, _) = first.log_in("bob").await;

    let one = emulator.logout_token(Some("ada"), Some(&browsers[3].1), None);
    assert_eq!(said(&first.tell(&one).await), taken());
    for (number, (browser, _)) in browsers.iter_mut().enumerate() {
        assert_eq!(is_logged_in(browser).await, number != 3, "{number}");
    }

    // A step of the way fails, and the logout is told again to another machine.
    let all = emulator.logout_token(Some("ada"), None, None);
    first.store.fail_next("remove");
    assert_eq!(first.tell(&all).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    let elsewhere = App { site: machines[1].clone(), ..first.clone() };
    assert_eq!(said(&elsewhere.tell(&all).await), taken());

    for (browser, _) in &mut browsers {
        assert!(!is_logged_in(browser).await);
    }
    assert!(is_logged_in(&mut bob).await);
    // No machine takes it once more.
    assert_eq!(said(&first.tell(&all).await), refused("its `jti` was seen before"));
}

/// What a provider does for every application of the user when one of them logs the user out there.
#[tokio::test]
async fn a_logout_at_one_application_is_a_logout_at_the_other() {
    let app = App::new();
    let (mut ada, sid) = app.log_in("ada").await;
    let (mut bob, _) = app.log_in("bob").await;
    let site = app.site.clone();
    let over_there = tower::service_fn(move |request: Request<Bytes>| {
        let site = site.clone();
        async move { Ok::<_, std::convert::Infallible>(site.call(request).await.map(Full::new)) }
    });
    let emulator = app.world.emulator.clone();
    let emulator = emulator.backchannel_logout_uri("https://app.example/backchannel", over_there);

    let answers = emulator.tell_of_logout(Some("ada"), Some(&sid)).await;

    assert_eq!(answers, [Some(StatusCode::OK)]);
    assert!(!is_logged_in(&mut ada).await);
    assert!(is_logged_in(&mut bob).await);
}
