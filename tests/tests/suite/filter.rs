//! What the filter lets pass, and what it answers itself.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use oauth_providers::{
    Admission, BoxFuture, Context, Endpoint, GitHub, OAuth, OAuthPersistence, PendingLogin,
    PersistenceError, Provider, Session, State, SystemEntropy, Tokens,
};
use oauth_tests::{Browser, Page, Site, World, application};

use crate::providers::{Acme, Plain};

/// A request that no person sees the answer of.
fn fetch(method: Method, address: &str) -> Request<Bytes> {
    Request::builder()
        .method(method)
        .uri(address)
        .header("accept", "application/json")
        .header("sec-fetch-mode", "cors")
        .body(Bytes::new())
        .unwrap()
}

fn with(mut request: Request<Bytes>, name: &'static str, value: &str) -> Request<Bytes> {
    request.headers_mut().insert(name, value.parse().unwrap());
    request
}

fn navigation(method: Method, address: &str) -> Request<Bytes> {
    with(with(fetch(method, address), "sec-fetch-mode", "navigate"), "accept", "text/html")
}

async fn logged_in<P: Provider>(world: &World<P>) -> Browser {
    let mut browser = world.browser();
    browser.open("/").await;
    browser
}

/// The answer's status, its headers that say something, and its body.
fn whole(page: &Page) -> String {
    let mut headers: Vec<String> = page
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    headers.sort_unstable();
    format!("{}\n{}\n{}", page.status().as_u16(), headers.concat(), page.text())
}

#[tokio::test]
async fn a_browser_that_is_logged_in_passes() {
    let world = World::new(Acme);
    let mut browser = logged_in(&world).await;

    let page = browser.look_at("/invoices").await;

    assert_eq!((page.status(), page.text()), (StatusCode::OK, "somebody reads /invoices"));
}

#[tokio::test]
async fn a_person_without_a_login_is_sent_to_the_provider() {
    let world = World::new(Plain);

    let page = world.browser().look_at("/invoices").await;

    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        page.header("location"),
        concat!(
            "https://plain.example/authorize?response_type=code",
            "&client_id=emulator-client",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fplain%2Fcallback",
            "&code_challenge_method=S256",
            "&state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc",
            "&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU",
        )
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn a_program_without_a_login_is_told_where_to_log_in() {
    let world = World::new(Acme);

    let page = world.browser().send(fetch(Method::GET, "/invoices")).await;

    assert_eq!(
        whole(&page),
        concat!(
            "401\n",
            "cache-control: no-store\n",
            "content-length: 58\n",
            "content-type: application/json\n",
            "referrer-policy: no-referrer\n",
            "www-authenticate: Bearer\n",
            "\n",
            r#"{"error":"login_required","login_url":"/oauth/acme/login"}"#,
        )
    );
}

#[tokio::test]
async fn a_form_of_somebody_without_a_login_is_not_sent_on_to_the_provider() {
    let world = World::new(Acme);
    let request = navigation(Method::POST, "/invoices").map(|_| Bytes::from("password=canary"));

    let page = world.browser().send(request).await;

    assert_eq!(page.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(page.set_cookies(), [""; 0]);
}

#[tokio::test]
async fn tr_09_a_preflight_passes_and_is_nobody() {
    let world = World::new(Acme);
    let who = |session: Option<Session<Acme>>, method: Method| async move {
        format!("{method} {}", session.is_some())
    };
    let mut browser = world.browser_with(who);
    let preflight = with(fetch(Method::OPTIONS, "/invoices"), "origin", "https://shop.example");
    let preflight = with(preflight, "access-control-request-method", "GET");

    let page = browser.send(preflight).await;

    assert_eq!((page.status(), page.text()), (StatusCode::OK, "OPTIONS false"));
}

#[tokio::test]
async fn tr_09_an_options_request_that_is_no_preflight_does_not_pass() {
    let world = World::new(Acme);
    let request = with(fetch(Method::OPTIONS, "/invoices"), "origin", "https://shop.example");

    let page = world.browser().send(request).await;

    assert_eq!(page.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn head_begins_no_login() {
    let world = World::new(Acme);

    let page = world.browser().send(navigation(Method::HEAD, "/invoices?year=2025")).await;

    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/oauth/acme/login?return_to=%2Finvoices%3Fyear%3D2025");
    assert_eq!(page.set_cookies(), [""; 0]);
}

#[tokio::test]
async fn a_prefetch_begins_no_login() {
    let world = World::new(Acme);

    for (name, value) in [("sec-purpose", "prefetch;prerender"), ("purpose", "prefetch")] {
        let request = with(navigation(Method::GET, "/invoices"), name, value);
        let page = world.browser().send(request).await;

        assert_eq!(page.status(), StatusCode::UNAUTHORIZED, "{name}");
        assert_eq!(page.set_cookies(), [""; 0], "{name}");
    }
}

#[tokio::test]
async fn a_prefetch_of_the_login_path_begins_no_login() {
    let world = World::new(Acme);
    let request = navigation(Method::GET, "/oauth/acme/login");

    let page = world.browser().send(with(request, "sec-purpose", "prefetch")).await;

    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.set_cookies(), [""; 0]);
}

#[tokio::test]
async fn a_session_whose_token_has_expired_leads_to_a_new_login() {
    let world = World::new(Plain);
    let mut browser = logged_in(&world).await;

    world.clock.advance(Duration::from_secs(3599));
    let before = browser.look_at("/invoices").await;
    world.clock.advance(Duration::from_secs(1));
    let after = browser.look_at("/invoices").await;

    assert_eq!(before.status(), StatusCode::OK);
    assert_eq!(after.status(), StatusCode::SEE_OTHER);
    assert_eq!(browser.open("/invoices").await.text(), "somebody reads /invoices");
}

#[tokio::test]
async fn an_optional_filter_lets_everybody_pass() {
    let world = World::new(Acme);
    let who = |session: Option<Session<Acme>>| async move {
        session.map_or("a guest".to_owned(), |session| session.scopes().to_string())
    };
    let router = Router::new()
        .fallback(who)
        .layer(world.oauth.filter().optional())
        .route_service("/oauth/acme/callback", world.oauth.callback());
    let mut browser = world.browser_of(Site::new(router));

    let guest = browser.look_at("/").await;
    let user = browser.open("/oauth/acme/login").await;

    assert_eq!((guest.status(), guest.text()), (StatusCode::OK, "a guest"));
    assert_eq!((user.status(), user.text()), (StatusCode::OK, "read:profile"));
}

#[tokio::test]
async fn the_filter_answers_the_login_path() {
    let world = World::new(Acme);
    let mut browser = world.browser();

    let page = browser.look_at("/oauth/acme/login?return_to=/invoices").await;

    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert!(page.header("location").starts_with("https://acme.example/oauth/authorize?"));
}

#[tokio::test]
async fn the_login_path_is_the_one_that_the_application_names() {
    let world = World::with(Acme, |builder| builder.login_path("/sign-in"));
    let mut browser = world.browser();

    let page = browser.look_at("/sign-in").await;
    let refused = browser.send(fetch(Method::GET, "/")).await;

    assert!(page.header("location").starts_with("https://acme.example/oauth/authorize?"));
    assert_eq!(refused.text(), r#"{"error":"login_required","login_url":"/sign-in"}"#);
}

/// A store that is down.
struct Broken;

impl Broken {
    fn fails<T>() -> BoxFuture<'static, Result<T, PersistenceError>>
    where
        T: Send + 'static,
    {
        let error = std::io::Error::other("canary: connection refused by 10.0.0.7");
        Box::pin(std::future::ready(Err(PersistenceError::unavailable(error))))
    }
}

impl OAuthPersistence for Broken {
    fn begin<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        _login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Self::fails()
    }

    fn take<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        _state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        Self::fails()
    }

    fn store_tokens<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        _tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Self::fails()
    }

    fn tokens<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        Self::fails()
    }

    fn forget<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Self::fails()
    }

    fn refresh_guard(&self) -> Option<oauth_providers::RefreshGuard> {
        Some(oauth_providers::RefreshGuard::in_process())
    }
}

#[tokio::test]
async fn tr_08_nobody_passes_while_the_persistence_fails() {
    let world = World::with(Acme, |builder| builder.persistence(Broken));
    let post = fetch(Method::POST, "/logout");
    let mut browser = world.browser();

    let navigation = browser.look_at("/invoices").await;
    let fetched = browser.send(fetch(Method::GET, "/invoices")).await;
    let login = browser.look_at("/oauth/acme/login").await;
    let callback = browser.arrive("/oauth/acme/callback?state=s&code=c").await;
    let logout = browser.send(post).await;

    for page in [navigation, fetched, login, callback, logout] {
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE, "{}", page.url());
        assert!(!format!("{page:?}").contains("canary"), "{page:?}");
    }
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn tr_08_nobody_passes_an_optional_filter_while_the_persistence_fails() {
    let world = World::with(Acme, |builder| builder.persistence(Broken));
    let router = Router::new()
        .fallback(|| async { "the inner service" })
        .layer(world.oauth.filter().optional());

    let page = world.browser_of(Site::new(router)).look_at("/invoices").await;

    assert_eq!((page.status(), page.text()), (StatusCode::SERVICE_UNAVAILABLE, ""));
}

#[tokio::test]
async fn tr_07_a_header_makes_nobody_a_user() {
    let world = World::with(Acme, |builder| {
        builder.on_login(async |_| Ok(Admission::new().account("ada")))
    });
    let smuggle = |mut request: Request<Bytes>| {
        for name in ["x-user", "x_user", "X-USER", "remote-user", "x-forwarded-user"] {
            let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
            request.headers_mut().append(name, "root".parse().unwrap());
        }
        with(request, "authorization", "Bearer root")
    };
    let mut guest = world.browser();
    let mut ada = world.browser();
    ada.open("/").await;

    let refused = guest.send(smuggle(fetch(Method::GET, "/"))).await;
    let answered = ada.send(smuggle(fetch(Method::GET, "/"))).await;

    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(answered.text(), "ada reads /");
}

/// The pages of an application below one path, and its logout.
fn side<P: Provider>(oauth: &OAuth<P>, path: &'static str) -> Router {
    Router::new()
        .route(path, get(async move |_: Session<P>| path))
        .layer(oauth.filter())
        .route_service(oauth.callback_path(), oauth.callback())
        .route_service(&format!("{path}/logout"), oauth.logout())
}

#[tokio::test]
async fn ck_15_two_providers_in_one_application_do_not_touch_each_other() {
    let (acme, github) = (World::new(Acme), World::new(GitHub));
    let router = side(&acme.oauth, "/a").merge(side(&github.oauth, "/b"));
    let github_site = Site::new(github.emulator.clone().into_service());
    let mut browser = acme.browser_of(Site::new(router)).site("https://github.com", github_site);

    let first = browser.open("/a").await;
    let unknown = browser.send(fetch(Method::GET, "/b")).await;
    let second = browser.open("/b").await;
    browser.send(fetch(Method::POST, "/a/logout")).await;
    let logged_out = browser.send(fetch(Method::GET, "/a")).await;
    let still_in = browser.send(fetch(Method::GET, "/b")).await;

    assert_eq!((first.text(), second.text()), ("/a", "/b"));
    assert_eq!(unknown.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(logged_out.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(still_in.text(), "/b");
    assert_eq!(browser.jar().names(), ["__Host-oauth-github"]);
}

#[tokio::test]
async fn ck_15_two_named_instances_of_one_provider_do_not_touch_each_other() {
    let named = |name: &'static str| {
        World::with(Acme, move |builder| {
            builder
                .name(name)
                .redirect_uri(format!("https://app.example/oauth/{name}/callback"))
                .entropy(SystemEntropy)
        })
    };
    let (work, home) = (named("work"), named("home"));
    let read = |oauth: OAuth<Acme>| {
        move |request: axum::extract::Request| async move {
            format!("{:?}", oauth.session(request.extensions()).map(|found| found.is_some()))
        }
    };
    let router = Router::new()
        .route("/work", get(read(work.oauth.clone())))
        .layer(work.oauth.filter())
        .merge(
            Router::new().route("/home", get(read(home.oauth.clone()))).layer(home.oauth.filter()),
        )
        .route("/unfiltered", get(read(home.oauth.clone())))
        .route_service("/oauth/work/callback", work.oauth.callback())
        .route_service("/oauth/home/callback", home.oauth.callback());
    let acme = Site::new(work.emulator.clone().into_service());
    let mut browser = work.browser_of(Site::new(router)).site("https://acme.example", acme);

    let at_work = browser.open("/work").await;
    let at_home = browser.send(fetch(Method::GET, "/home")).await;
    let unfiltered = browser.send(fetch(Method::GET, "/unfiltered")).await;

    assert_eq!(at_work.text(), "Ok(true)");
    assert_eq!(at_home.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(at_home.text(), r#"{"error":"login_required","login_url":"/oauth/home/login"}"#);
    assert_eq!(unfiltered.text(), "Err(NoFilter)");
    assert_eq!(browser.jar().names(), ["__Host-oauth-acme-work"]);
}

#[tokio::test]
async fn two_filters_on_one_route_ask_for_one_login_after_the_other() {
    let (acme, github) = (World::new(Acme), World::new(GitHub));
    let both = |_: Session<Acme>, _: Session<GitHub>| async { "both" };
    let router = Router::new()
        .route("/", get(both))
        .layer(acme.oauth.filter())
        .layer(github.oauth.filter())
        .route_service("/oauth/acme/callback", acme.oauth.callback())
        .route_service("/oauth/github/callback", github.oauth.callback());
    let github_site = Site::new(github.emulator.clone().into_service());
    let mut browser = acme.browser_of(Site::new(router)).site("https://github.com", github_site);

    let page = browser.open("/").await;

    assert_eq!(page.text(), "both");
    assert_eq!(acme.emulator.requests(Endpoint::Token), 1);
    assert_eq!(github.emulator.requests(Endpoint::Token), 1);
}

#[tokio::test]
async fn ck_12_a_request_of_a_browser_that_is_logged_in_sets_no_cookie() {
    let world = World::new(Acme);
    let mut browser = logged_in(&world).await;

    for _ in 0..10 {
        let page = browser.look_at("/invoices").await;

        assert_eq!(page.set_cookies(), [""; 0]);
        assert_eq!(page.header("cache-control"), "");
    }
}

#[tokio::test]
async fn cb_11_the_whole_router_may_stand_behind_the_filter() {
    let world = World::new(Acme);
    let inside = Router::new()
        .route("/", get(|_: Session<Acme>| async { "the inner service" }))
        .route_service("/oauth/acme/callback", world.oauth.callback())
        .route_service("/oauth/acme/login", world.oauth.login())
        .layer(world.oauth.filter());

    let page = world.browser_of(Site::new(inside)).open("/").await;

    assert_eq!(page.text(), "the inner service");
}

#[tokio::test]
async fn cb_09_a_browser_that_keeps_no_cookie_is_shown_why_instead_of_going_in_circles() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    browser.jar_mut().clear();

    let page = browser.arrive(callback).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert!(page.text().contains("check that cookies are allowed"), "{}", page.text());
}

#[tokio::test]
async fn logout_forgets_the_browser_and_revokes_the_token_when_told_to() {
    let world = World::with(Acme, |builder| builder.after_logout("/goodbye"));
    let router = application(&world.oauth).route_service("/leave", world.oauth.logout().revoke());
    let mut browser = world.browser_of(Site::new(router));
    browser.open("/").await;

    let page = browser.send(fetch(Method::POST, "/leave")).await;

    assert_eq!((page.status(), page.header("location")), (StatusCode::SEE_OTHER, "/goodbye"));
    assert_eq!(browser.jar().names(), [""; 0]);
    assert_eq!(world.emulator.requests(Endpoint::Revocation), 1);
}

#[tokio::test]
async fn logout_is_a_post_of_this_application() {
    let world = World::new(Acme);
    let mut browser = logged_in(&world).await;

    let link = browser.send(fetch(Method::GET, "/logout")).await;
    let foreign = with(fetch(Method::POST, "/logout"), "origin", "https://evil.example");
    let foreign = browser.send_from_another_site(foreign).await;

    assert_eq!(link.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    assert_eq!(browser.look_at("/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn tr_06_no_spelling_of_a_path_reaches_a_handler_without_a_login() {
    let world = World::new(Acme);
    let admin = Router::new()
        .route("/admin", get(|| async { "secret" }))
        .fallback(|| async { "secret" })
        .layer(world.oauth.filter());
    let router = Router::new()
        .nest_service("/public", get(|| async { "public" }))
        .route_service("/oauth/acme/callback", world.oauth.callback())
        .fallback_service(admin);
    let mut browser = world.browser_of(Site::new(router));
    let headers = [
        ("x-forwarded-uri", "/public"),
        ("x-original-url", "/public"),
        ("x-rewrite-url", "/oauth/acme/callback"),
        ("user-agent", "GoogleHC/1.0"),
        ("x-forwarded-prefix", "/public"),
    ];

    for target in [
        "/admin",
        "/public/../admin",
        "/public%2f..%2fadmin",
        "//admin",
        "/admin?x=/public",
        "/PUBLIC",
        "/admin;/public",
        "/admin/../public",
        "/oauth/acme/callback/",
        "/oauth/acme/callback;x",
        "/oauth/acme/callback%2f..%2fadmin",
        "/oauth/acme/callback/../../../admin",
        "//oauth/acme/callback",
        "/OAUTH/acme/callback",
        "/oauth/acme/login/",
        "/oauth/acme/login/../../../admin",
        "http://app.example/admin",
        "http://app.example/public/../admin",
    ] {
        for (name, value) in headers {
            for request in [fetch(Method::GET, target), fetch(Method::POST, target)] {
                let page = browser.send_as_it_is(with(request, name, value)).await;

                assert_ne!(page.text(), "secret", "{target} {name}");
                assert!(!page.status().is_success() || page.text() == "public", "{page:?}");
            }
        }
    }
    assert_eq!(world.sent.count(), 0);
}
