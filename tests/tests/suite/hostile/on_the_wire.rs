//! What a server plays to the shipped client, at every endpoint: in how much time it is over, and how much was read.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use oauth_providers::{ApiError, HttpClient as _, Reqwest, TransportErrorKind};
use tokio::net::TcpSocket;
use tokio::time::Instant;

use super::corpus::{Reader, gzip_bomb};
use super::scripts::{bytes, headed, rows, then, whole};
use super::wire::{Step, Wire, world};
use super::{Outcome, PAST, call, contained, exchanged, left, read, site, visited};

const U: Outcome = Outcome::Refused("unreadable");
const L: Outcome = Outcome::Refused("transport");
const SECOND: Duration = Duration::from_secs(1);

/// What the operating systems of both sides may hold of a connection.
const BUFFERS: u64 = 12 << 20;
const MIB: u64 = 1 << 20;

/// No more was taken than a body of that size, and what was on its way.
async fn bounded(name: &str, wire: &Wire, before: u64, plays: usize, limit: u64) -> u64 {
    let taken = wire.taken(plays).await;
    assert!(taken - before <= limit + BUFFERS, "{name}: {} bytes", taken - before);
    taken
}

#[tokio::test(start_paused = true)]
async fn ds_03_tr_05_a_code_is_exchanged_or_refused_in_10_seconds_and_a_mebibyte() {
    let (world, wire) = world().await;
    let mut taken = 0;
    for (index, (name, steps, [expected, ..])) in rows().into_iter().enumerate() {
        let mut browser = world.browser_of(site(&world));
        let callback = browser.begin_and_agree("/").await;
        wire.play("/token", steps(&Reader::Token.good()));
        let (connections, start) = (wire.connections(), Instant::now());

        exchanged(name, &world, &mut browser, callback.as_str(), expected).await;

        assert!(start.elapsed() <= 10 * SECOND + SECOND / 10, "{name}: {:?}", start.elapsed());
        assert_eq!(wire.connections(), connections + 1, "{name}");
        taken = bounded(name, &wire, taken, index + 1, MIB).await;
    }
}

#[tokio::test(start_paused = true)]
async fn ds_03_tr_05_a_page_is_shown_or_held_back_in_10_seconds_and_a_mebibyte_of_a_refresh() {
    let (world, wire) = world().await;
    let mut taken = 0;
    for (index, (name, steps, [expected, ..])) in rows().into_iter().enumerate() {
        let mut browser = world.browser();
        browser.open("/").await;
        world.clock.advance(PAST);
        wire.play("/token", steps(&Reader::Token.good()));
        let start = Instant::now();

        visited(name, &world, &mut browser, expected).await;

        assert!(start.elapsed() <= 10 * SECOND + SECOND / 10, "{name}: {:?}", start.elapsed());
        taken = bounded(name, &wire, taken, index + 1, MIB).await;
    }
}

#[tokio::test(start_paused = true)]
async fn ds_03_tr_05_a_logout_takes_2_seconds_and_a_mebibyte_whatever_the_revocation_does() {
    let (world, wire) = world().await;
    let mut taken = 0;
    for (index, (name, steps, _)) in rows().into_iter().enumerate() {
        let mut browser = world.browser_of(site(&world));
        browser.open("/").await;
        wire.play("/revoke", steps("{}"));
        let (connections, start) = (wire.connections(), Instant::now());

        left(name, &world, &mut browser).await;

        assert!(start.elapsed() <= 2 * SECOND + SECOND / 10, "{name}: {:?}", start.elapsed());
        assert_eq!(wire.connections(), connections + 1, "{name}");
        taken = bounded(name, &wire, taken, index + 1, MIB).await;
    }
}

#[tokio::test(start_paused = true)]
async fn ds_03_tr_05_a_profile_is_read_or_refused_in_10_seconds_and_a_mebibyte() {
    let (world, wire) = world().await;
    let session = world.log_in().await;
    let (mut taken, mut plays) = (0, 0);
    for (path, reader) in [("/me", Reader::UserInfo), ("/emails", Reader::Emails)] {
        for (name, steps, [_, expected, _]) in rows() {
            wire.play(path, steps(&reader.good()));
            let start = Instant::now();

            read(name, session.profile().await, expected);

            assert!(start.elapsed() <= 10 * SECOND + SECOND / 10, "{name}: {:?}", start.elapsed());
            contained(name, &world.sent);
            world.sent.clear();
            plays += 1;
            taken = bounded(name, &wire, taken, plays, MIB).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn ds_03_tr_05_an_api_call_is_answered_or_fails_in_10_seconds_and_16_mebibytes() {
    let (world, wire) = world().await;
    let session = world.log_in().await;
    let mut taken = 0;
    for (index, (name, steps, [.., expected])) in rows().into_iter().enumerate() {
        wire.play("/x", steps(&Reader::Text.good()));
        let start = Instant::now();

        read(name, call(&session.client()).await, expected);

        assert!(start.elapsed() <= 10 * SECOND + SECOND / 10, "{name}: {:?}", start.elapsed());
        contained(name, &world.sent);
        world.sent.clear();
        taken = bounded(name, &wire, taken, index + 1, 16 * MIB).await;
    }
}

#[tokio::test(start_paused = true)]
async fn tr_05_an_answer_that_breaks_off_at_any_byte_is_refused() {
    let (world, wire) = world().await;
    let good = whole(&Reader::Token.good());
    let session = world.log_in().await;
    for end in 0..good.len() {
        let name = format!("{end} of {} bytes", good.len());
        let mut browser = world.browser_of(site(&world));
        let callback = browser.begin_and_agree("/").await;
        wire.play("/token", bytes(&good[..end]));
        exchanged(&name, &world, &mut browser, callback.as_str(), L).await;

        wire.play("/me", bytes(&good[..end]));
        read(&name, session.profile().await, L);
    }
}

#[tokio::test(start_paused = true)]
async fn tr_05_an_answer_without_a_length_that_breaks_off_at_any_byte_is_no_success() {
    let (world, wire) = world().await;
    let body = Reader::Token.good();
    for end in 0..body.len() {
        let name = format!("{end} of {} bytes", body.len());
        let mut browser = world.browser_of(site(&world));
        let callback = browser.begin_and_agree("/").await;
        wire.play("/token", headed("HTTP/1.1 200 OK", &body[..end]));
        exchanged(&name, &world, &mut browser, callback.as_str(), U).await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_behind_an_answer_is_nobodys() {
    let (world, wire) = world().await;
    let session = world.log_in().await;
    let first = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst";
    let smuggled = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nsmuggled";

    for _ in 0..20 {
        wire.play("/x", then(bytes(format!("{first}{smuggled}")), Step::Stall));
        assert_eq!(call(&session.client()).await.unwrap(), "first");
        let next = call(&session.client()).await.unwrap();
        assert!(next.contains("emulator"), "{next}");
    }
}

#[tokio::test(start_paused = true)]
async fn ds_03_no_encoding_is_asked_for_and_none_is_undone() {
    let (world, wire) = world().await;
    let session = world.log_in().await;
    let bomb = gzip_bomb(1_000);
    let head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n";
    wire.play("/x", bytes([head, &bomb[..]].concat()));

    let answer = session.client().get("/x").unwrap().send().await.unwrap();

    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert_eq!(answer.bytes(), bomb);
    for request in wire.requests() {
        assert!(!request.contains("accept-encoding"), "{request}");
    }
}

#[tokio::test(start_paused = true)]
async fn ds_03_a_stream_takes_no_more_than_its_reader() {
    let clock = oauth_tests::StoppedClock::new();
    let emulator = super::emulator(&clock);
    let wire = Wire::listen(emulator.clone()).await;
    let world = oauth_tests::World::around(super::Hostile, emulator, clock, |builder| {
        let base = oauth_providers::Environment::back_channel(wire.base());
        super::configured(builder).environment(base).http_client(Reqwest::new().unwrap())
    });
    let session = world.log_in().await;
    let head = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    wire.play("/x", vec![Step::Write(head.clone()), Step::Flood(vec![b'x'; 65_536])]);

    let mut body = session.client().get("/x").unwrap().stream().await.unwrap().into_body();
    for _ in 0..3 {
        assert!(body.chunk().await.unwrap().is_some());
    }
    drop(body);
    bounded("a stream", &wire, 0, 1, MIB).await;

    wire.play("/x", vec![Step::Write(head), Step::Drip(vec![b'x'], 60 * SECOND)]);
    let start = Instant::now();
    let mut body = session.client().get("/x").unwrap().stream().await.unwrap().into_body();
    let error = loop {
        match body.chunk().await {
            Ok(chunk) => assert!(chunk.is_some()),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), TransportErrorKind::TimedOut);
    assert!(start.elapsed() <= 3601 * SECOND, "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn tr_05_what_timed_out_and_what_is_too_large_are_told_apart() {
    let (world, wire) = world().await;
    let session = world.log_in().await;
    let mut kinds = Vec::new();
    for steps in [
        vec![Step::Stall],
        vec![Step::Write(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()), Step::Flood(vec![b'x'; 65_536])],
        vec![],
    ] {
        wire.play("/x", steps);
        match call(&session.client()).await {
            Err(ApiError::Transport(error)) => {
                kinds.push((error.kind(), error.may_have_been_sent()));
            }
            other => panic!("{other:?}"),
        }
    }

    assert_eq!(
        kinds,
        [
            (TransportErrorKind::TimedOut, true),
            (TransportErrorKind::TooLarge(16 << 20), true),
            (TransportErrorKind::Failed, true),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn tr_05_a_connection_that_nobody_takes_is_given_up_after_5_seconds() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let full = socket.listen(1).unwrap();
    let address = full.local_addr().unwrap();
    let mut waiting = Vec::new();
    // Once the queue is full, what knocks is not answered.
    while let Ok(Ok(stream)) =
        tokio::time::timeout(SECOND, tokio::net::TcpStream::connect(address)).await
    {
        waiting.push(stream);
    }

    let start = Instant::now();
    let request = Request::get(format!("http://{address}/")).body(Bytes::new()).unwrap();
    let error = Reqwest::new().unwrap().call(request).await.unwrap_err();

    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(!error.may_have_been_sent());
    assert_eq!(start.elapsed().as_secs(), 5);
}
