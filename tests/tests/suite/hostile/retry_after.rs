//! How long a server asks to be left alone: never longer than an hour, never shorter than a second.

use std::time::Duration;

use bytes::Bytes;
use http::Response;
use oauth_providers::{ApiError, Endpoint};
use oauth_tests::{StoppedClock, World};

use super::{Hostile, PAST, call, emulator, world};

/// A wish, and how many seconds it is taken for. Two hours are taken for one, and what is none for the first pause.
fn wishes() -> Vec<(Vec<u8>, u64)> {
    let digits = "7".repeat(1 << 20);
    let wishes: [(&str, u64); 33] = [
        ("1", 1),
        ("120", 120),
        (" 120 ", 120),
        ("+120", 120),
        ("0120", 120),
        ("0", 1),
        ("3600", 3600),
        ("3601", 3600),
        ("7200", 3600),
        ("18446744073709551615", 3600),
        ("18446744073709551616", 1),
        ("-1", 1),
        ("-0", 1),
        ("1.5", 1),
        ("1e3", 1),
        ("0x10", 1),
        ("120, 240", 1),
        ("120s", 1),
        ("soon", 1),
        ("", 1),
        (&digits, 1),
        // The clock shows 2026-01-01 00:01:01 UTC.
        ("Thu, 01 Jan 2026 00:03:01 GMT", 120),
        ("Thursday, 01-Jan-26 00:03:01 GMT", 120),
        ("Thu Jan  1 00:03:01 2026", 120),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600),
        ("Fri, 31 Dec 9999 23:59:60 GMT", 1),
        ("Sat, 01 Jan 10000 00:00:00 GMT", 1),
        ("Wed, 31 Dec 1969 23:59:59 GMT", 1),
        ("Mon, 30 Feb 2026 00:00:00 GMT", 1),
        ("Thu, 01 Jan 2026 00:03:01 CET", 1),
        ("Thu, 00 Xxx 0000 99:99:99 GMT", 1),
        ("2026-01-01T00:03:01Z", 1),
    ];
    let mut wishes: Vec<(Vec<u8>, u64)> = wishes.map(|(wish, taken)| (wish.into(), taken)).into();
    wishes.push((b"\xff\xfe".to_vec(), 1));
    wishes.push(("Thu, 01 Jän 2026 00:03:01 GMT".into(), 1));
    wishes
}

/// A world whose sessions outlive every wish.
fn long_lived() -> World<Hostile> {
    let clock = StoppedClock::new();
    World::around(Hostile, emulator(&clock), clock, |builder| builder)
}

fn busy(status: u16, wish: &[u8]) -> Response<Bytes> {
    Response::builder().status(status).header("retry-after", wish).body(Bytes::new()).unwrap()
}

#[tokio::test]
async fn te_13_a_wish_to_be_left_alone_is_granted_within_reason() {
    for (wish, taken) in wishes() {
        for status in [429, 503, 200, 302, 999] {
            let name =
                format!("{status}, {}", String::from_utf8_lossy(&wish[..wish.len().min(64)]));
            let world = long_lived();
            let mut browser = world.browser();
            browser.open("/").await;
            world.clock.advance(PAST);
            world.emulator.answer_next(Endpoint::Token, busy(status, &wish));

            let page = browser.look_at("/page").await;
            world.clock.advance(Duration::from_secs(taken - 1));
            let still =
                if taken > 1 { browser.look_at("/page").await.status().as_u16() } else { 503 };
            world.clock.advance(Duration::from_secs(1));
            let then = browser.look_at("/page").await;

            assert_eq!((page.status().as_u16(), still), (503, 503), "{name}");
            assert_eq!(page.header("retry-after"), taken.to_string(), "{name}");
            assert_eq!(then.text(), "somebody reads /page", "{name}");
        }
    }
}

#[tokio::test]
async fn te_13_a_job_is_told_how_long_to_wait() {
    for (wish, taken) in wishes() {
        let world = world();
        world.clock.advance(PAST);
        let job = world.oauth.offline("kept-elsewhere");
        world.emulator.answer_next(Endpoint::Token, busy(503, &wish));

        match call(&job).await {
            Err(ApiError::Unavailable { retry_after }) => assert_eq!(retry_after.as_secs(), taken),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn te_13_a_refused_code_is_refused_whatever_the_server_wishes() {
    for (wish, _) in wishes() {
        let world = world();
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/").await;
        world.emulator.answer_next(Endpoint::Token, busy(503, &wish));

        super::exchanged(
            "a wish",
            &world,
            &mut browser,
            callback.as_str(),
            super::Outcome::Refused("unreadable"),
        )
        .await;
    }
}
