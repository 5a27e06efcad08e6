//! The least that can be declared has every protection: nothing has to be asked for.

use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::Endpoint;
use oauth_tests::{SameSite, World};
use serde_json::json;

use crate::answers;
use crate::providers::Plain;
use crate::state::with_parameter;

#[tokio::test]
async fn ma_07_the_least_declaration_has_every_protection() {
    let world = World::new(Plain);
    let mut browser = world.browser();

    let asked = browser.begin("/inbox").await;
    for cookie in browser.jar().cookies() {
        assert!(cookie.name.starts_with("__Host-") && cookie.secure && cookie.http_only);
        assert_eq!(cookie.same_site, SameSite::Lax, "{}", cookie.name);
    }
    let has =
        |name: &str| asked.query_pairs().any(|(found, value)| found == name && value.len() == 43);
    assert!(has("state") && has("code_challenge") && asked.as_str().contains("S256"), "{asked}");

    let callback = browser.begin_and_agree("/oauth/plain/login").await;
    let wrong_state = browser.arrive(with_parameter(&callback, "state", Some("wrong"))).await;
    let stranger = browser.of_somebody_else().arrive(&callback).await;
    let mut other = browser.of_somebody_else();
    let front_channel = other.arrive(with_parameter(&callback, "access_token", Some("at"))).await;
    for page in [wrong_state, stranger, front_channel] {
        assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    }
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);

    assert_eq!(browser.arrive(&callback).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(browser.open("/inbox").await.status(), StatusCode::OK);
    browser.arrive(&callback).await;
    assert_eq!(world.emulator.requests(Endpoint::Token), 1);

    let api =
        Request::get("/inbox").header("accept", "application/json").body(Bytes::new()).unwrap();
    assert_eq!(world.browser().send(api).await.status(), StatusCode::UNAUTHORIZED);
    let evil = browser.begin("/oauth/plain/login?return_to=https://evil.example").await;
    assert!(!evil.as_str().contains("evil"));
}

#[tokio::test]
async fn ma_07_the_least_declaration_takes_no_answer_but_the_rfcs() {
    let world = World::new(Plain);
    let good = json!({ "access_token": "at", "token_type": "Bearer" });
    let good_text = good.to_string();
    for answer in [
        answers::answer(StatusCode::OK, "text/plain", good_text.clone()),
        answers::answer(StatusCode::CREATED, "application/json", good_text.clone()),
        answers::answer(
            StatusCode::OK,
            "application/x-www-form-urlencoded",
            "access_token=at&token_type=Bearer",
        ),
        answers::json(&json!({ "data": good })),
        answers::json(&json!({ "access_token": "at" })),
        answers::json(&json!({ "access_token": "at", "token_type": "bot" })),
        answers::json(&json!({ "access_token": "at", "token_type": "Bearer", "error": "no" })),
        answers::redirect(307, "https://evil.example/token"),
    ] {
        let shown = format!("{answer:?}");
        world.emulator.answer_next(Endpoint::Token, answer);

        let page = world.browser().open("/").await;

        assert!(!page.status().is_success(), "{shown}");
    }
}
