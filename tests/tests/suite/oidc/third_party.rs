//! A login that somebody else begins (OpenID Connect Core s4).

use axum::Router;
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use oauth_providers::OpenId;
use oauth_tests::{Browser, Page, Site, World};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::oidc::{ISSUER, world};
use crate::redirect::payloads;

fn browser(world: &World<OpenId>) -> Browser {
    let oauth = &world.oauth;
    let router = Router::new()
        .route_service("/initiate", oauth.login().third_party_initiated())
        .route_service(oauth.callback_path(), oauth.callback());
    world.browser_of(Site::new(router))
}

fn query(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

async fn initiated(browser: &mut Browser, pairs: &[(&str, &str)]) -> Page {
    browser.arrive(format!("/initiate?{}", query(pairs))).await
}

/// Where the browser ends that logs in at the place that it was sent to.
async fn lands(browser: &mut Browser, page: &Page) -> Url {
    let callback = browser.agree(page.location().unwrap()).await;
    browser.arrive(callback).await.location().unwrap()
}

#[tokio::test]
async fn st_15_only_the_own_issuer_begins_a_login() {
    let world = world();
    let mut browser = browser(&world);
    for pairs in [
        &[("iss", "https://evil.example")][..],
        &[("iss", "https://op.example/")],
        &[("iss", "HTTPS://op.example")],
        &[("iss", "https://op.example:443")],
        &[("iss", "")],
        &[("ISS", ISSUER)],
        &[("target_link_uri", "/inbox")],
        &[],
    ] {
        let page = initiated(&mut browser, pairs).await;
        assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{pairs:?}");
        assert_eq!(page.set_cookies(), [""; 0], "{pairs:?}");
        assert!(!page.text().contains("evil"), "{}", page.text());
    }

    let page =
        initiated(&mut browser, &[("iss", ISSUER), ("target_link_uri", "/inbox?page=2")]).await;

    assert_eq!(lands(&mut browser, &page).await.as_str(), "https://app.example/inbox?page=2");
}

#[tokio::test]
async fn st_15_no_target_leads_out_of_the_application() {
    let world = world();
    let mut browser = browser(&world);
    for payload in payloads().iter().filter_map(|it| str::from_utf8(it).ok()) {
        let page = initiated(&mut browser, &[("iss", ISSUER), ("target_link_uri", payload)]).await;

        let place = lands(&mut browser, &page).await;
        assert_eq!(place.origin().ascii_serialization(), "https://app.example", "{payload}");
    }
}

#[tokio::test]
async fn st_15_what_else_is_said_is_not_passed_on() {
    let world = world();
    let mut plain = browser(&world);
    let expected = initiated(&mut plain, &[("iss", ISSUER)]).await.location().unwrap();
    let names: Vec<String> = expected.query_pairs().map(|(name, _)| name.into_owned()).collect();
    for (name, value) in [
        ("scope", "openid admin"),
        ("redirect_uri", "https://evil.example"),
        ("state", "fixed"),
        ("nonce", "fixed"),
        ("prompt", "none"),
        ("client_id", "another"),
        ("response_type", "token"),
        ("max_age", "0"),
        ("return_to", "/elsewhere"),
    ] {
        let mut browser = browser(&world);
        let page = initiated(&mut browser, &[("iss", ISSUER), (name, value)]).await;
        let asked = page.location().unwrap();
        let found: Vec<String> = asked.query_pairs().map(|(name, _)| name.into_owned()).collect();
        assert_eq!(found, names, "{name}");
        assert!(asked.query_pairs().all(|(_, found)| found != value), "{name}");
        assert_eq!(lands(&mut browser, &page).await.path(), "/", "{name}");
    }
    let hinted = initiated(&mut plain, &[("iss", ISSUER), ("login_hint", "ada&scope=admin")]).await;
    let hinted = hinted.location().unwrap();
    let hint = hinted.query_pairs().find(|(name, _)| name == "login_hint").unwrap().1;
    assert_eq!(hint, "ada&scope=admin");
    assert_eq!(hinted.query_pairs().count(), names.len() + 1);
}

#[tokio::test]
async fn st_15_a_form_begins_a_login_as_an_address_does() {
    let world = world();
    let mut browser = browser(&world);
    let form = "application/x-www-form-urlencoded";
    let post = |kind: &str, body: String| {
        Request::post("/initiate").header("content-type", kind).body(Bytes::from(body)).unwrap()
    };
    let good = query(&[("iss", ISSUER), ("target_link_uri", "/inbox")]);

    let page = browser.send_from_another_site(post(form, good.clone())).await;
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(lands(&mut browser, &page).await.path(), "/inbox");

    for (kind, body, status) in [
        ("application/json", format!("{{\"iss\":\"{ISSUER}\"}}"), StatusCode::BAD_REQUEST),
        ("text/plain", good.clone(), StatusCode::BAD_REQUEST),
        (form, query(&[("iss", "https://evil.example")]), StatusCode::BAD_REQUEST),
        (form, format!("{good}&x={}", "x".repeat(129 << 10)), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let page = browser.send_from_another_site(post(kind, body)).await;
        assert_eq!(page.status(), status, "{kind}");
        assert_eq!(page.set_cookies(), [""; 0], "{kind}");
    }
    for method in [Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let request = Request::builder().method(method.clone()).uri(format!("/initiate?{good}"));
        let page = browser.send_from_another_site(request.body(Bytes::new()).unwrap()).await;
        assert_eq!(page.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(page.header("allow"), "GET, POST", "{method}");
    }
    // A browser that looks ahead begins nothing.
    let ahead = Request::get(format!("/initiate?{good}")).header("sec-purpose", "prefetch");
    let page = browser.send(ahead.body(Bytes::new()).unwrap()).await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.set_cookies(), [""; 0]);
}

/// Off unless it is asked for: then the parameters are nobody's.
#[tokio::test]
async fn st_15_a_login_path_does_not_take_the_word_of_others() {
    let world = world();
    let router = oauth_tests::application(&world.oauth);
    let mut browser = world.browser_of(Site::new(router));
    let address = format!(
        "{}?{}",
        world.oauth.login_path(),
        query(&[("iss", "https://evil.example"), ("target_link_uri", "/inbox")])
    );

    let page = browser.arrive(address).await;

    assert_eq!(lands(&mut browser, &page).await.path(), "/");
}
