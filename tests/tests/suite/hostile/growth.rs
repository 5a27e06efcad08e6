//! What an answer may cost: work and memory in proportion to its size, and its size is bounded.

use std::sync::{Arc, Mutex};

use http::StatusCode;
use oauth_providers::{
    Emulator, EncryptedCookies, Endpoint, GitHub, HttpClient as _, Reqwest, Session,
    TransportErrorKind,
};
use oauth_tests::{World, key_ring};

use super::wire::{Step, Wire};
use super::{ACCESS_TOKEN, Hostile, Outcome, PAST, emulator, exchanged, failure, world};
use crate::answers::answer;

fn json(body: String) -> http::Response<bytes::Bytes> {
    answer(StatusCode::OK, "application/json", body)
}

/// Scopes, no two of which are the same.
fn scopes() -> Vec<String> {
    (0..50_000).map(|index| format!("{index:x}")).collect()
}

#[tokio::test]
async fn te_13_fifty_thousand_scopes_are_read_in_one_go() {
    let world = world();
    for scope in
        [format!("\"{}\"", scopes().join(" ")), format!("[\"{}\"]", scopes().join("\",\""))]
    {
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/").await;
        let body =
            format!(r#"{{"access_token":"{ACCESS_TOKEN}","token_type":"Bearer","scope":{scope}}}"#);
        world.emulator.answer_next(Endpoint::Token, json(body));

        // Comparing each with each, this test takes minutes.
        exchanged("scopes", &world, &mut browser, callback.as_str(), Outcome::Tolerated).await;
    }
}

#[tokio::test]
async fn te_13_a_session_does_not_grow_with_every_refresh() {
    let world = world();
    let length = Arc::new(Mutex::new(0));
    let place = Arc::clone(&length);
    let mut browser = world.browser_with(move |session: Session<Hostile>| {
        *place.lock().unwrap() = session.token_response().unwrap().raw().len();
        std::future::ready(())
    });
    browser.open("/").await;

    for index in 0..4 {
        world.clock.advance(PAST);
        let padding = "x".repeat(700_000);
        let body = format!(
            r#"{{"access_token":"{ACCESS_TOKEN}{index}","token_type":"Bearer","expires_in":60,"refresh_token":"r{index}","m{index}":"{padding}"}}"#
        );
        world.emulator.answer_next(Endpoint::Token, json(body));
        assert_eq!(browser.look_at("/page").await.status(), StatusCode::OK);
        let length = *length.lock().unwrap();
        assert!((700_000..=1 << 20).contains(&length), "{length} bytes after {index} refreshes");
    }
}

#[tokio::test]
async fn te_13_a_user_whose_number_no_64_bits_hold_is_not_taken_for_another() {
    let world = world();
    let session = world.log_in().await;
    for number in ["18446744073709551617", "18446744073709551618", "1e21", "1815.0"] {
        world.emulator.answer_next(Endpoint::UserInfo, json(format!("{{\"id\":{number}}}")));

        assert_eq!(session.profile().await.unwrap_err().code(), "unreadable", "{number}");
    }
    world.emulator.answer_next(Endpoint::UserInfo, json(format!("{{\"id\":{}}}", u64::MAX)));
    assert_eq!(session.profile().await.unwrap().subject(), "18446744073709551615");
}

#[tokio::test]
async fn an_answer_that_no_cookie_holds_is_a_login_that_failed() {
    let clock = oauth_tests::StoppedClock::new();
    let world = World::around(Hostile, emulator(&clock), clock, |builder| {
        let cookies = EncryptedCookies::new(key_ring()).single_process();
        builder.persistence(cookies).on_failure(failure)
    });
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    let padding = "x".repeat(100_000);
    let body =
        format!(r#"{{"access_token":"{ACCESS_TOKEN}","token_type":"Bearer","x":"{padding}"}}"#);
    world.emulator.answer_next(Endpoint::Token, json(body));

    let page = browser.arrive(callback).await;

    assert_eq!((page.status(), page.text()), (StatusCode::INTERNAL_SERVER_ERROR, "store"));
    assert_eq!(browser.jar().names(), [""; 0]);
}

#[tokio::test]
async fn te_05_a_form_is_no_answer_of_github_either() {
    for (content_type, body) in [
        (
            "application/x-www-form-urlencoded; charset=utf-8",
            "access_token=gho_x&scope=repo&token_type=bearer",
        ),
        ("application/json; charset=utf-8", "access_token=gho_x&scope=repo&token_type=bearer"),
        (
            "application/x-www-form-urlencoded; charset=utf-8",
            r#"{"access_token":"gho_x","scope":"repo","token_type":"bearer"}"#,
        ),
        (
            "application/xml",
            "<OAuth><token_type>bearer</token_type><access_token>gho_x</access_token></OAuth>",
        ),
        (
            "application/json; charset=utf-8",
            r#"{"error":"bad_verification_code","error_uri":"https://docs.github.com"}"#,
        ),
        ("application/x-www-form-urlencoded; charset=utf-8", "error=bad_verification_code"),
    ] {
        let world = World::new(GitHub);
        let mut browser = world.browser();
        world.emulator.answer_next(Endpoint::Token, answer(StatusCode::OK, content_type, body));

        let page = browser.open("/").await;

        let refused = matches!(page.status(), StatusCode::BAD_GATEWAY | StatusCode::BAD_REQUEST);
        assert!(refused, "{content_type} {body}: {page:?}");
        assert_eq!(browser.jar().names(), [""; 0], "{content_type} {body}");
        assert_eq!(world.sent.count(), 1);
    }
}

#[tokio::test]
async fn ds_03_chunks_of_a_byte_are_bounded_as_one_chunk_is() {
    let wire = Wire::listen(Emulator::of(Hostile)).await;
    let client = Reqwest::new().unwrap();
    for (bytes, expected) in
        [(1 << 12, None), ((1 << 12) + 1, Some(TransportErrorKind::TooLarge(1 << 12)))]
    {
        let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
        let chunks = b"1\r\nx\r\n".repeat(bytes);
        wire.play("/x", vec![Step::Write([head, chunks, b"0\r\n\r\n".to_vec()].concat())]);
        let mut request =
            http::Request::get(format!("{}/x", wire.base())).body(bytes::Bytes::new()).unwrap();
        request.extensions_mut().insert(oauth_providers::BodyLimit(1 << 12));

        let answer = client.call(request).await;

        assert_eq!(
            answer.map(|it| it.body().len()).map_err(|it| it.kind()),
            expected.map_or(Ok(bytes), Err)
        );
    }
}
