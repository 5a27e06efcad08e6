//! The callback: what completes a login, and what does not.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use oauth_providers::{Body, CallbackError, Endpoint, GitHub, Google, Refused};
use oauth_tests::{Browser, World};
use serde_json::json;
use url::Url;

use crate::answers;
use crate::providers::Acme;
use crate::state::with_parameter;

fn request(method: Method, address: &str) -> Request<Bytes> {
    let request = Request::builder().method(method).uri(address);
    request.header("accept", "text/html").body(Bytes::new()).unwrap()
}

/// A callback that names an error, with the right state.
fn failed(callback: &Url, error: &str, description: &str) -> Url {
    let mut url = with_parameter(callback, "code", None);
    url.query_pairs_mut()
        .append_pair("error", error)
        .append_pair("error_description", description)
        .append_pair("error_uri", "https://evil.example/help");
    url
}

#[tokio::test]
async fn cb_01_an_error_of_the_provider_is_a_page_that_repeats_nothing_of_it() {
    let long = "x".repeat(10 * 1024);
    let cases = [
        ("access_denied", StatusCode::FORBIDDEN),
        ("invalid_request", StatusCode::BAD_REQUEST),
        ("unauthorized_client", StatusCode::BAD_REQUEST),
        ("unsupported_response_type", StatusCode::BAD_REQUEST),
        ("invalid_scope", StatusCode::BAD_REQUEST),
        ("server_error", StatusCode::BAD_GATEWAY),
        ("temporarily_unavailable", StatusCode::SERVICE_UNAVAILABLE),
        ("login_required", StatusCode::BAD_REQUEST),
        ("consent_required", StatusCode::BAD_REQUEST),
        ("<script>canary</script>", StatusCode::BAD_REQUEST),
        ("canary\r\nset-cookie: a=b", StatusCode::BAD_REQUEST),
        ("canary\u{202e}", StatusCode::BAD_REQUEST),
        (&long, StatusCode::BAD_REQUEST),
    ];

    for (error, status) in cases {
        for words in ["canary", "<script>canary</script>", "canary\r\nset-cookie: a=b", &long] {
            let world = World::new(Acme);
            let mut browser = world.browser();
            let callback = browser.begin_and_agree("/").await;

            let page = browser.arrive(failed(&callback, error, words)).await;

            assert_eq!(page.status(), status, "{error:?}");
            let shown = format!("{page:?}").replace(page.url().as_str(), "");
            let body = page.text();
            assert!(!body.contains("canary") && !body.contains("evil.example"), "{shown}");
            assert!(!body.contains("xxxxxxxx"), "{shown}");
            assert_eq!(world.sent.count(), 0);
            assert_eq!(browser.jar().names(), [""; 0], "{error:?}");
        }
    }
}

#[tokio::test]
async fn cb_02_neither_a_code_nor_an_error_is_no_answer_and_an_error_wins_over_a_code() {
    let world = World::new(Acme);
    let answers = |callback: &Url| {
        [
            (with_parameter(callback, "code", None), StatusCode::BAD_REQUEST),
            (with_parameter(callback, "code", Some("")), StatusCode::BAD_REQUEST),
            (with_parameter(callback, "error", Some("access_denied")), StatusCode::FORBIDDEN),
            ("https://app.example/oauth/acme/callback".parse().unwrap(), StatusCode::BAD_REQUEST),
        ]
    };

    for index in 0..4 {
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/").await;
        let (url, status) = answers(&callback)[index].clone();

        let page = browser.arrive(url).await;

        assert_eq!(page.status(), status);
    }
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn cb_03_a_token_in_the_front_channel_is_refused() {
    let world = World::new(Acme);

    for name in ["access_token", "id_token", "refresh_token"] {
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/").await;
        let with_token = with_parameter(&callback, name, Some("x"));
        let only_token = with_parameter(&with_token, "code", None);

        for url in [with_token, only_token] {
            assert_eq!(browser.arrive(url).await.status(), StatusCode::BAD_REQUEST, "{name}");
        }
    }
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn cb_04_what_is_no_visit_of_a_person_leaves_the_login_as_it_is() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/invoices").await;
    let mut prefetch = request(Method::GET, callback.as_str());
    prefetch.headers_mut().insert("sec-purpose", "prefetch".parse().unwrap());
    let mut old_prefetch = request(Method::GET, callback.as_str());
    old_prefetch.headers_mut().insert("purpose", "prefetch".parse().unwrap());

    for (request, status) in [
        (request(Method::HEAD, callback.as_str()), StatusCode::METHOD_NOT_ALLOWED),
        (request(Method::OPTIONS, callback.as_str()), StatusCode::METHOD_NOT_ALLOWED),
        (prefetch, StatusCode::SERVICE_UNAVAILABLE),
        (old_prefetch, StatusCode::SERVICE_UNAVAILABLE),
    ] {
        let page = browser.send(request).await;
        assert_eq!(page.status(), status);
        assert_eq!(page.set_cookies(), [""; 0]);
    }

    assert_eq!(world.sent.count(), 0);
    assert_eq!(browser.arrive(callback).await.header("location"), "/invoices");
}

#[tokio::test]
async fn cb_05_a_post_is_not_taken() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/invoices").await;

    for content_type in ["application/x-www-form-urlencoded", "application/json", "text/plain"] {
        let mut post = request(Method::POST, callback.as_str());
        post.headers_mut().insert("content-type", content_type.parse().unwrap());
        *post.body_mut() = Bytes::from(vec![b'x'; 2 << 20]);
        let page = browser.send(post).await;

        assert_eq!(page.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(page.header("allow"), "GET");
    }
    assert_eq!(world.sent.count(), 0);
    assert_eq!(browser.arrive(callback).await.header("location"), "/invoices");
}

#[tokio::test]
async fn cb_06_a_login_ends_with_a_redirect_that_does_not_tell_the_code() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/invoices?year=2025").await;

    let page = browser.arrive(callback).await;

    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/invoices?year=2025");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.text(), "");
}

#[tokio::test]
async fn cb_06_a_failed_login_is_a_page_that_loads_nothing() {
    let world = World::new(Acme);
    world.emulator.deny_next();

    let page = world.browser().open("/").await;

    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(!page.text().contains("://"), "{}", page.text());
}

#[tokio::test]
async fn cb_07_every_redirect_is_one_that_drops_the_body() {
    let world = World::new(Acme);
    let mut browser = world.browser();

    let filter = browser.look_at("/").await;
    let login = browser.look_at("/oauth/acme/login").await;
    let head = browser.send(request(Method::HEAD, "/")).await;
    let callback = browser.begin_and_agree("/").await;
    let done = browser.arrive(&callback).await;
    let again = browser.arrive(&callback).await;
    let logout = browser.send(request(Method::POST, "/logout")).await;

    for page in [filter, login, head, done, again, logout] {
        assert_eq!(page.status(), StatusCode::SEE_OTHER, "{}", page.url());
    }
}

#[tokio::test]
async fn cb_07_a_form_of_nobody_is_not_replayed_to_the_provider() {
    let world = World::new(Acme);

    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        let mut form = request(method, "/protected");
        *form.body_mut() = Bytes::from("password=canary");
        let page = world.browser().send(form).await;

        assert_eq!(page.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(page.header("location"), "");
    }
}

#[tokio::test]
async fn cb_09_a_session_that_is_too_large_is_said_instead_of_going_in_circles() {
    let mut world = World::new(Acme);
    world.emulator = world.emulator.token_member("padding", "x".repeat(100_000));

    let page = world.browser().open("/").await;

    assert_eq!(page.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.text().contains("<h1>The login could not be kept</h1>"), "{}", page.text());
    assert_eq!(world.sent.count(), 1);
}

#[tokio::test]
async fn cb_09_a_browser_that_drops_the_sessions_cookie_is_told_so_after_three_rounds() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let mut page = browser.look_at("/").await;

    for _ in 0..3 {
        let Some(authorization) = page.location() else { break };
        let callback = browser.agree(authorization).await;
        browser.arrive(callback).await;
        browser.jar_mut().remove("__Host-oauth-acme");
        page = browser.look_at("/").await;
    }

    assert!(page.status().is_client_error(), "{}", page.status());
}

/// A browser that is logged in, and the callback of its second login.
async fn second_login(world: &World<Acme>) -> (Browser, Url) {
    let mut browser = world.browser();
    browser.open("/").await;
    let callback = browser.begin_and_agree("/oauth/acme/login?return_to=/second").await;
    (browser, callback)
}

/// The login has failed: the session before it is as it was, and the login is spent.
async fn nothing_but_the_login_is_lost(mut browser: Browser, callback: Url, before: &str) {
    assert_eq!(browser.jar().value("__Host-oauth-acme"), Some(before));
    assert_eq!(browser.jar().names(), ["__Host-oauth-acme"]);
    assert_eq!(browser.look_at("/").await.status(), StatusCode::OK);
    assert_eq!(browser.arrive(callback).await.header("location"), "/");
}

#[tokio::test]
async fn cb_10_a_login_that_is_denied_leaves_the_session_before_it() {
    let world = World::new(Acme);
    let (mut browser, callback) = second_login(&world).await;
    let before = browser.jar().value("__Host-oauth-acme").unwrap().to_owned();

    let page = browser.arrive(failed(&callback, "access_denied", "")).await;

    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    nothing_but_the_login_is_lost(browser, callback, &before).await;
}

#[tokio::test]
async fn cb_10_an_exchange_that_fails_leaves_the_session_before_it() {
    let world = World::new(Acme);
    let (mut browser, callback) = second_login(&world).await;
    let before = browser.jar().value("__Host-oauth-acme").unwrap().to_owned();
    world.emulator.fail_next(Endpoint::Token, StatusCode::INTERNAL_SERVER_ERROR);

    let page = browser.arrive(&callback).await;

    assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
    nothing_but_the_login_is_lost(browser, callback, &before).await;
}

#[tokio::test]
async fn cb_10_a_user_who_is_refused_keeps_the_session_before_it() {
    let logins = std::sync::atomic::AtomicUsize::new(0);
    let world = World::with(Acme, |builder| {
        builder.on_login(move |_| {
            let count = logins.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            std::future::ready(match count {
                0 => Ok(oauth_providers::Admission::new()),
                _ => Err(Refused::new("No.")),
            })
        })
    });
    let (mut browser, callback) = second_login(&world).await;
    let before = browser.jar().value("__Host-oauth-acme").unwrap().to_owned();

    let page = browser.arrive(&callback).await;

    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    nothing_but_the_login_is_lost(browser, callback, &before).await;
}

#[tokio::test]
async fn cb_10_tokens_that_cannot_be_kept_leave_the_session_before_them() {
    let world = World::new(Acme);
    let (mut browser, callback) = second_login(&world).await;
    let before = browser.jar().value("__Host-oauth-acme").unwrap().to_owned();
    let answer = json!({
        "access_token": "a",
        "token_type": "Bearer",
        "padding": "x".repeat(100_000),
    });
    world.emulator.answer_next(Endpoint::Token, answers::json(&answer));

    let page = browser.arrive(&callback).await;

    assert_eq!(page.status(), StatusCode::INTERNAL_SERVER_ERROR);
    nothing_but_the_login_is_lost(browser, callback, &before).await;
}

#[tokio::test]
async fn cb_11_only_the_path_itself_is_the_callback() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/invoices").await;
    let query = callback.query().unwrap();

    for path in [
        "/oauth/acme/callback/",
        "/OAUTH/ACME/CALLBACK",
        "/oauth/acme/callback;x",
        "/oauth/acme/callback%2f",
        "//oauth/acme/callback",
        "/oauth/acme/callback/../callback",
        "/oauth/acme/%63allback",
    ] {
        let request = request(Method::GET, &format!("{path}?{query}"));
        let page = browser.clone().send_as_it_is(request).await;

        assert_ne!(page.status(), StatusCode::OK, "{path}");
        assert!(!page.header("location").starts_with("/invoices"), "{path}");
    }
    assert_eq!(world.sent.count(), 0);
    assert_eq!(browser.arrive(callback).await.header("location"), "/invoices");
}

#[tokio::test]
async fn cb_12_the_back_button_leads_into_the_application() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/invoices").await;
    browser.arrive(&callback).await;

    let page = browser.arrive(&callback).await;

    assert_eq!((page.status(), page.header("location")), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(world.sent.count(), 1);
    assert_eq!(browser.look_at("/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn cb_12_a_login_outlives_a_restart_of_the_application() {
    let before = World::new(Acme);
    let callback_and_jar = {
        let mut browser = before.browser();
        (browser.begin_and_agree("/invoices").await, browser.jar().clone())
    };
    let (callback, jar) = callback_and_jar;
    let after = World::around(Acme, before.emulator.clone(), before.clock.clone(), |it| it);
    let mut browser = after.browser();
    *browser.jar_mut() = jar;

    let page = browser.arrive(callback).await;

    assert_eq!(page.header("location"), "/invoices");
}

#[tokio::test]
async fn mx_01_another_issuer_is_refused_before_the_code_is_sent() {
    let world = World::new(Google);

    for issuer in [
        "https://evil.example",
        "https://accounts.google.com/",
        "HTTPS://accounts.google.com",
        "https://accounts.google.com.evil.example",
        "accounts.google.com",
    ] {
        world.emulator.tamper_next_issuer(issuer);
        let page = world.browser().open("/").await;

        assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{issuer}");
        assert!(page.text().contains("<small>issuer_mismatch</small>"), "{issuer}");
    }
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn mx_01_another_issuer_is_refused_in_an_error_too() {
    let world = World::new(Google);
    world.emulator.tamper_next_issuer("https://evil.example");
    world.emulator.deny_next();

    let page = world.browser().open("/").await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert!(page.text().contains("<small>issuer_mismatch</small>"), "{}", page.text());
}

#[tokio::test]
async fn mx_01_an_issuer_that_no_metadata_announces_is_compared_all_the_same() {
    let world = World::new(GitHub);

    let right = world.browser().open("/").await;
    world.emulator.tamper_next_issuer("https://github.com");
    let wrong = world.browser().open("/").await;

    assert_eq!(right.status(), StatusCode::OK);
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.sent.count(), 1);
}

#[tokio::test]
async fn mx_01_an_issuer_twice_is_refused() {
    let world = World::new(Google);
    let mut browser = world.browser();
    let mut callback = browser.begin_and_agree("/").await;
    callback.query_pairs_mut().append_pair("iss", "https://accounts.google.com");

    let page = browser.arrive(callback).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn the_application_is_told_the_words_of_an_error() {
    let seen = Arc::new(Mutex::new(None));
    let place = Arc::clone(&seen);
    let world = World::with(Acme, |builder| {
        builder.on_failure(move |error, _| {
            if let CallbackError::Denied(response) = error {
                *place.lock().unwrap() = response.description().map(str::to_owned);
            }
            Response::new(Body::from("no"))
        })
    });
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;

    browser.arrive(failed(&callback, "access_denied", "not today")).await;

    assert_eq!(seen.lock().unwrap().as_deref(), Some("not today"));
}
