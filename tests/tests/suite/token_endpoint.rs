//! The token endpoint: how the client proves itself, and what counts as a success.

use http::header::AUTHORIZATION;
use http::{Response, StatusCode};
use oauth_providers::{Auth0, Endpoint, GitHub, Google, Provider};
use oauth_tests::{Page, World};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::answers;
use crate::providers::{Acme, Plain, Public, Tenants};
use crate::state::with_parameter;

/// A login whose exchange is answered like this.
async fn answered(response: Response<bytes::Bytes>) -> (World<Plain>, Page) {
    let world = World::new(Plain);
    world.emulator.answer_next(Endpoint::Token, response);
    let mut browser = world.browser();
    let page = browser.open("/").await;
    assert!(page.status() == StatusCode::OK || browser.jar().names().is_empty(), "{page:?}");
    (world, page)
}

pub(crate) fn form(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

#[tokio::test]
async fn te_01_a_redirect_of_the_token_endpoint_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        for location in [
            "https://plain.example/token2",
            "https://evil.example/token",
            "http://plain.example/token",
            "//evil.example/token",
        ] {
            let (world, page) = answered(answers::redirect(status, location)).await;

            assert_eq!(page.status(), StatusCode::BAD_GATEWAY, "{status} {location}");
            assert!(page.text().contains("<small>exchange</small>"), "{}", page.text());
            assert_eq!(world.sent.count(), 1, "{status} {location}");
        }
    }
}

#[tokio::test]
async fn te_01_a_redirect_with_a_token_in_its_body_is_no_success() {
    let mut response = answers::json(&json!({ "access_token": "a", "token_type": "Bearer" }));
    *response.status_mut() = StatusCode::FOUND;

    let (_, page) = answered(response).await;

    assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn te_02_identifier_and_secret_are_form_encoded_before_base64() {
    let (id, secret) = ("a:b %+é", "s+ /?&=:%é");
    let mut world = World::with(Acme, |it| it.client_id(id).client_secret(secret));
    world.emulator = world.emulator.client(id, secret);

    let page = world.browser().open("/").await;

    // "a%3Ab+%25%2B%C3%A9:s%2B+%2F%3F%26%3D%3A%25%C3%A9"
    assert_eq!(
        world.sent.exchanges()[0].request.headers()[AUTHORIZATION],
        "Basic YSUzQWIrJTI1JTJCJUMzJUE5OnMlMkIrJTJGJTNGJTI2JTNEJTNBJTI1JUMzJUE5"
    );
    assert_eq!(page.status(), StatusCode::OK);
}

async fn proof<P: Provider>(provider: P) -> (bool, Vec<(String, String)>, String) {
    let world = World::new(provider);
    world.browser().open("/").await;
    let request = world.sent.exchanges()[0].request.clone();
    let mut client = form(request.body());
    client.retain(|(name, _)| name.starts_with("client_"));
    let headers = request.headers().get_all(AUTHORIZATION).iter().count();
    assert!(headers <= 1);
    (headers == 1, client, request.uri().to_string())
}

#[tokio::test]
async fn te_03_the_secret_is_sent_in_one_way_and_never_in_the_url() {
    let id = ("client_id".to_owned(), "emulator-client".to_owned());
    let secret = ("client_secret".to_owned(), "emulator-secret".to_owned());

    let basic = proof(Acme).await;
    let basic_of_auth0 = proof(Auth0::new("tenant.eu.auth0.com").unwrap()).await;
    let post = proof(GitHub).await;
    let post_to_google = proof(Google).await;
    let none = proof(Public).await;

    assert_eq!(basic, (true, vec![], "https://acme.example/oauth/token".to_owned()));
    assert_eq!(
        basic_of_auth0,
        (true, vec![], "https://tenant.eu.auth0.com/oauth/token".to_owned())
    );
    let both = vec![id.clone(), secret];
    let github = "https://github.com/login/oauth/access_token".to_owned();
    assert_eq!(post, (false, both.clone(), github));
    assert_eq!(post_to_google, (false, both, "https://oauth2.googleapis.com/token".to_owned()));
    assert_eq!(none, (false, vec![id], "https://public.example/token".to_owned()));
}

#[tokio::test]
async fn te_03_a_public_client_sends_no_secret_though_it_is_given_one() {
    let world = World::with(Public, |builder| builder.client_secret("canary"));

    world.browser().open("/").await;

    assert!(!world.sent.exchanges()[0].sent().contains("canary"));
}

#[tokio::test]
async fn te_04_a_code_is_sent_once_whatever_is_answered() {
    let error = |status, code: &str| {
        let body = json!({ "error": code }).to_string();
        answers::answer(status, "application/json", body)
    };

    for (response, status) in [
        (error(StatusCode::UNAUTHORIZED, "invalid_client"), StatusCode::BAD_REQUEST),
        (error(StatusCode::BAD_REQUEST, "invalid_grant"), StatusCode::BAD_REQUEST),
        (
            error(StatusCode::BAD_REQUEST, "temporarily_unavailable"),
            StatusCode::SERVICE_UNAVAILABLE,
        ),
        (
            answers::answer(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", ""),
            StatusCode::BAD_GATEWAY,
        ),
        (answers::answer(StatusCode::TOO_MANY_REQUESTS, "text/plain", ""), StatusCode::BAD_GATEWAY),
    ] {
        let (world, page) = answered(response).await;

        assert_eq!(page.status(), status);
        assert_eq!(world.sent.count(), 1);
    }
}

#[tokio::test]
async fn te_05_only_json_with_200_is_a_success() {
    const GOOD: &str = r#"{"access_token":"a","token_type":"Bearer"}"#;
    const JSON: &str = "application/json";
    let byte_order_mark = format!("\u{feff}{GOOD}");
    let truncated = &GOOD[..GOOD.len() - 1];
    let twice = format!("{GOOD}{GOOD}");
    let ok = StatusCode::OK;

    let (_, page) = answered(answers::answer(ok, "application/json; charset=utf-8", GOOD)).await;
    assert_eq!(page.status(), StatusCode::OK);
    for (status, content_type, body) in [
        (ok, "text/html", "<html>log in</html>"),
        (ok, "text/html", GOOD),
        (ok, "text/plain", "access_token=a&token_type=bearer"),
        (ok, "text/plain", GOOD),
        (ok, "", GOOD),
        (ok, "application/x-www-form-urlencoded", "access_token=a&token_type=bearer"),
        (ok, "application/jsonp", GOOD),
        (StatusCode::NO_CONTENT, JSON, ""),
        (StatusCode::CREATED, JSON, GOOD),
        (StatusCode::ACCEPTED, JSON, GOOD),
        (StatusCode::PARTIAL_CONTENT, JSON, GOOD),
        (StatusCode::BAD_REQUEST, JSON, GOOD),
        (ok, JSON, ""),
        (ok, JSON, "[]"),
        (ok, JSON, "\"a\""),
        (ok, JSON, "null"),
        (ok, JSON, "{}"),
        (ok, JSON, &byte_order_mark),
        (ok, JSON, truncated),
        (ok, JSON, &twice),
        (ok, JSON, r#"{"access_token":"","token_type":"Bearer"}"#),
        (ok, JSON, r#"{"access_token":null,"token_type":"Bearer"}"#),
        (ok, JSON, r#"{"access_token":"a"}"#),
        (ok, JSON, r#"{"access_token":"a","token_type":"mac"}"#),
        (ok, JSON, r#"{"access_token":"a\r\nb: c","token_type":"Bearer"}"#),
        (ok, JSON, r#"{"access_token":"a","access_token":"b","token_type":"Bearer"}"#),
    ] {
        let response = answers::answer(status, content_type, body.to_owned());

        let (world, page) = answered(response).await;

        assert_eq!(page.status(), StatusCode::BAD_GATEWAY, "{status} {content_type} {body}");
        assert!(page.text().contains("<small>exchange</small>"), "{}", page.text());
        assert_eq!(world.sent.count(), 1);
    }
}

#[tokio::test]
async fn te_05_an_answer_without_a_content_type_is_no_success() {
    let body = json!({ "access_token": "a", "token_type": "Bearer" }).to_string();

    let (_, page) = answered(Response::new(body.into())).await;

    assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn te_10_the_code_is_passed_on_as_it_came() {
    let long = "c".repeat(4096);

    for code in ["a+b/c%d=e&f", "4/0AX4XfWh_é~ü", "%2B%20+", &long] {
        let world = World::new(Plain);
        let mut browser = world.browser();
        let url = browser.begin("/").await;
        let callback = browser.agree(url.clone()).await;
        let answer = json!({ "access_token": "a", "token_type": "Bearer" });
        world.emulator.answer_next(Endpoint::Token, answers::json(&answer));
        browser.arrive(with_parameter(&callback, "code", Some(code))).await;

        let sent = form(world.sent.exchanges()[0].request.body());
        let value = |name: &str| &sent.iter().find(|(known, _)| known == name).unwrap().1;
        let asked = url.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1;
        assert_eq!(value("code"), code);
        assert_eq!(value("redirect_uri"), &*asked);
    }
}

#[tokio::test]
async fn te_11_an_error_is_told_by_its_code_and_not_by_its_words() {
    let json = |value: Value| {
        answers::answer(StatusCode::BAD_REQUEST, "application/json", value.to_string())
    };
    let words = json!({
        "error": "invalid_grant",
        "error_description": "canary-words <script>",
        "error_uri": "https://evil.example/",
    });
    let long = json!({ "error": "x".repeat(10_000), "error_description": "canary-words" });

    for (response, status) in [
        (json(words), StatusCode::BAD_REQUEST),
        (json(long), StatusCode::BAD_REQUEST),
        (json(json!({ "error": "<script>canary-words" })), StatusCode::BAD_REQUEST),
        (json(json!({ "error": "server_error" })), StatusCode::BAD_GATEWAY),
        (json(json!({ "error": { "message": "canary-words" } })), StatusCode::BAD_REQUEST),
        (
            answers::answer(StatusCode::UNAUTHORIZED, "text/html", "<b>canary-words</b>"),
            StatusCode::BAD_GATEWAY,
        ),
        (
            answers::answer(StatusCode::INTERNAL_SERVER_ERROR, "text/html", "canary-words"),
            StatusCode::BAD_GATEWAY,
        ),
        (answers::answer(StatusCode::BAD_REQUEST, "application/json", ""), StatusCode::BAD_GATEWAY),
    ] {
        let (_, page) = answered(response).await;

        assert_eq!(page.status(), status);
        assert!(!page.text().contains("canary-words"), "{}", page.text());
        assert!(!page.text().contains("evil.example"), "{}", page.text());
        assert!(!page.text().contains("xxxxxxxx"), "{}", page.text());
    }
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_not_read_to_its_end() {
    let (_, page) = answered(answers::json(&json!({ "padding": "x".repeat(2 << 20) }))).await;

    assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn te_12_a_code_goes_to_the_token_endpoint_of_the_login_that_began() {
    let before = World::new(Tenants::new("before.example", "emea").unwrap());
    let after = World::new(Tenants::new("after.example", "emea").unwrap());
    let mut browser = before.browser();
    let callback = browser.begin_and_agree("/").await;
    // The application was started anew with another tenant, and the same keys.
    let target = callback[url::Position::BeforePath..].to_owned();
    let cookies = browser.jar().header(&callback, &http::Method::GET, oauth_tests::Trip::CrossSite);
    let request = http::Request::get(target).header(http::header::COOKIE, cookies.unwrap());

    let answer = after.site().call(request.body(bytes::Bytes::new()).unwrap()).await;

    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!((before.sent.count(), after.sent.count()), (0, 0));
    assert_eq!(browser.arrive(callback).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(before.sent.exchanges()[0].request.uri(), "https://before.example/emea/token");
}

#[tokio::test]
async fn te_16_a_logout_revokes_once_and_succeeds_whatever_is_answered() {
    let json = |status, code: &str| {
        let body = json!({ "error": code }).to_string();
        Some(answers::answer(status, "application/json", body))
    };
    let down = Response::builder().status(503).header("retry-after", "120");

    for answer in [
        None,
        Some(answers::answer(StatusCode::OK, "text/plain", "")),
        json(StatusCode::BAD_REQUEST, "unsupported_token_type"),
        json(StatusCode::UNAUTHORIZED, "invalid_client"),
        Some(down.body(bytes::Bytes::new()).unwrap()),
        Some(answers::redirect(307, "https://evil.example/revoke")),
    ] {
        let world = World::new(Acme);
        let leave = world.oauth.logout().revoke();
        let router = oauth_tests::application(&world.oauth).route_service("/leave", leave);
        let mut browser = world.browser_of(oauth_tests::Site::new(router));
        browser.open("/").await;
        world.sent.clear();
        match answer {
            Some(answer) => world.emulator.answer_next(Endpoint::Revocation, answer),
            None => world.emulator.lose_next_request(Endpoint::Revocation),
        }

        let leave = http::Request::post("/leave").body(bytes::Bytes::new()).unwrap();
        let page = browser.send(leave).await;

        assert_eq!(page.status(), StatusCode::SEE_OTHER);
        assert_eq!(browser.jar().names(), [""; 0]);
        let sent = world.sent.exchanges();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].request.uri(), "https://acme.example/oauth/revoke");
        assert!(sent[0].request.headers().contains_key(AUTHORIZATION));
        let names: Vec<String> =
            form(sent[0].request.body()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["token", "token_type_hint"]);
    }
}

#[tokio::test]
async fn te_16_without_a_refresh_token_the_access_token_is_revoked() {
    let world = World::new(Acme);
    let answer = json!({ "access_token": "at", "token_type": "Bearer" });
    world.emulator.answer_next(Endpoint::Token, answers::json(&answer));
    let leave = world.oauth.logout().revoke();
    let router = oauth_tests::application(&world.oauth).route_service("/leave", leave);
    let mut browser = world.browser_of(oauth_tests::Site::new(router));
    browser.open("/").await;

    let leave = http::Request::post("/leave").body(bytes::Bytes::new()).unwrap();
    browser.send(leave).await;

    let sent = form(world.sent.exchanges()[1].request.body());
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(sent, [pair("token", "at"), pair("token_type_hint", "access_token")]);
}
