//! Answers of a provider, and callbacks of a browser, that hold anything at all.

use std::time::Duration;

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode, Uri};
use oauth_providers::{Endpoint, Session};
use oauth_tests::World;
use oauth_tests::strings::hostile;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;
use url::form_urlencoded::byte_serialize;

use crate::answers;
use crate::properties::{done, one_case_of};
use crate::providers::{Acme, Plain};
use crate::redirect::navigation;

/// Ten years: no token lives longer.
const MOST_SECONDS: u64 = 315_360_000;

/// How long a token lives whose answer says so, in JSON; the status where the answer is refused.
fn lifetime(expires_in: &str) -> Result<Option<u64>, StatusCode> {
    let world = World::new(Plain);
    let body = format!(r#"{{"access_token":"a","token_type":"Bearer","expires_in":{expires_in}}}"#);
    let answer = answers::answer(StatusCode::OK, "application/json", body);
    world.emulator.answer_next(Endpoint::Token, answer);
    let seconds = async |session: Session<Plain>| {
        let left = |end: oauth_providers::Timestamp| end.since(session.tokens().received_at());
        session.expires_at().map_or(String::new(), |end| left(end).as_secs().to_string())
    };
    let page = done(async { world.browser_with(seconds).open("/").await });
    match page.status() {
        StatusCode::OK => Ok(page.text().parse().ok()),
        status => Err(status),
    }
}

/// Bytes that a header can hold, with numbers and dates among them.
fn header_values() -> impl Strategy<Value = Vec<u8>> {
    let date = "(Sun|Mon), [0-3][0-9] (Nov|Feb) [0-9]{4} [0-2][0-9]:[0-6][0-9]:[0-6][0-9] GMT";
    prop_oneof![
        any::<u64>().prop_map(|seconds| seconds.to_string().into_bytes()),
        (0..10_000_u64).prop_map(|seconds| seconds.to_string().into_bytes()),
        date.prop_map(String::into_bytes),
        "[-+ 0-9.eE]{0,24}".prop_map(String::into_bytes),
        vec(prop_oneof![0x20..=0x7e_u8, 0x80..=0xff_u8], 0..40),
    ]
}

/// Queries of a callback, some of them with its parameters.
fn queries() -> impl Strategy<Value = Vec<u8>> {
    let name = select(&["state", "code", "iss", "error", "error_description", "id_token", ""][..]);
    let encoded = hostile().prop_map(|value| byte_serialize(value.as_bytes()).collect());
    let value = prop_oneof![encoded, hostile()];
    let pair = (name, value).prop_map(|(name, value)| format!("{name}={value}"));
    prop_oneof![
        2 => vec(pair, 0..6).prop_map(|pairs| pairs.join("&").into_bytes()),
        1 => hostile().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..64),
    ]
}

proptest! {
    #![proptest_config(one_case_of(2))]

    #[test]
    fn te_08_any_whole_number_of_seconds_is_a_lifetime_of_ten_years_at_most(
        seconds in prop_oneof![any::<i64>(), -2..10_000_i64, Just(i64::MAX)],
        quoted in any::<bool>(),
    ) {
        let value = if quoted { format!("\"{seconds}\"") } else { seconds.to_string() };

        let expected = u64::try_from(seconds).ok().filter(|seconds| *seconds > 0);
        prop_assert_eq!(lifetime(&value), Ok(expected.map(|seconds| seconds.min(MOST_SECONDS))));
    }

    #[test]
    fn te_08_any_number_is_a_lifetime_within_ten_years_or_none(
        number in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
        quoted in any::<bool>(),
    ) {
        let value = if quoted { format!("\"{number}\"") } else { number.clone() };
        let number: f64 = number.parse().unwrap();

        match lifetime(&value) {
            Ok(None) => prop_assert!(number < 1.0 + 1e-9, "{}", number),
            Ok(Some(seconds)) => {
                prop_assert!(number > 1.0 - 1e-9, "{}", number);
                prop_assert!((1..=MOST_SECONDS).contains(&seconds), "{}", seconds);
            }
            // JSON says nothing of numbers that no computer holds.
            Err(status) => {
                prop_assert!(number.is_infinite() && !quoted, "{}", number);
                prop_assert_eq!(status, StatusCode::BAD_GATEWAY);
            }
        }
    }

    #[test]
    fn te_08_any_other_value_is_no_lifetime_or_one_within_ten_years(
        text in prop_oneof![
            hostile(),
            "[ 0-9.eE+-]{0,12}",
            select(&["inf", "-inf", "nan", "infinity", "NaN", "0x10"][..]).prop_map(str::to_owned),
        ],
        shape in 0..4_u8,
    ) {
        let value = match shape {
            0 => json!(text),
            1 => json!([text]),
            2 => json!({ text: 1 }),
            _ => json!(text.len() % 2 == 0),
        };

        let lifetime = lifetime(&value.to_string());

        prop_assert!(matches!(lifetime, Ok(None | Some(1..=MOST_SECONDS))), "{:?}", lifetime);
        prop_assert!(shape == 0 || lifetime == Ok(None));
    }

    #[test]
    fn any_wish_to_be_left_alone_is_heeded_for_an_hour_at_most(
        wish in header_values(),
        status in select(&[StatusCode::OK, StatusCode::TOO_MANY_REQUESTS][..]),
    ) {
        let world = World::new(Acme);

        let page = done(async {
            let mut browser = world.browser();
            browser.open("/").await;
            world.clock.advance(Duration::from_secs(3600));
            let mut answer = answers::answer(status, "text/plain", "");
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_bytes(&wish).unwrap());
            world.emulator.answer_next(Endpoint::Token, answer);
            browser.look_at("/").await
        });

        prop_assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        let pause: u64 = page.header("retry-after").parse().unwrap();
        prop_assert!((1..=3600).contains(&pause), "{}", pause);
    }

    #[test]
    fn st_02_no_query_that_nobody_sent_for_completes_a_login(query in queries()) {
        // What the http crate refuses, no server hands on.
        let target = [&b"/oauth/acme/callback?"[..], &query].concat();
        let Ok(uri) = Uri::from_maybe_shared(Bytes::from(target)) else { return Ok(()) };
        let world = World::new(Acme);

        let (page, rest) = done(async {
            let mut browser = world.browser();
            let callback = browser.begin_and_agree("/invoices").await;
            let page = browser.send_as_it_is(navigation(uri)).await;
            (page, browser.arrive(callback).await)
        });

        prop_assert_eq!(page.status(), StatusCode::BAD_REQUEST);
        prop_assert_eq!(page.set_cookies(), [""; 0]);
        prop_assert_eq!(rest.header("location"), "/invoices");
    }

    #[test]
    fn a_callback_with_the_right_state_and_anything_else_is_answered(query in queries()) {
        let world = World::new(Acme);
        let mut browser = world.browser();
        let callback = done(browser.begin_and_agree("/"));
        let target = [callback.path(), "?", callback.query().unwrap(), "&"].concat();
        let target = [target.as_bytes(), &query].concat();
        let Ok(uri) = Uri::from_maybe_shared(Bytes::from(target)) else { return Ok(()) };

        let page = done(browser.send_as_it_is(navigation(uri)));

        let logged_in = page.status() == StatusCode::SEE_OTHER;
        prop_assert!(logged_in || page.status().is_client_error(), "{:?}", page);
        prop_assert_eq!(world.sent.count(), usize::from(logged_in));
    }
}
