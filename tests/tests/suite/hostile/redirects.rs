//! A redirect leads nobody anywhere: whatever its status, wherever it points.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::Response;
use oauth_providers::Endpoint;
use tokio::net::TcpListener;

use super::corpus::Reader;
use super::wire::Step;
use super::{Outcome, PAST, call, contained, exchanged, left, read, site, visited, wire, world};

/// Those that are followed by most clients, those that were, and what else may name a place.
const STATUSES: [u16; 12] = [201, 300, 301, 302, 303, 304, 305, 307, 308, 401, 407, 503];

const U: Outcome = Outcome::Refused("unreadable");
const S: Outcome = Outcome::Refused("status");

/// Who reads JSON whatever its status says takes a 201 with a good body for what it is.
fn of_json(status: u16) -> Outcome {
    if status < 300 { Outcome::Tolerated } else { S }
}

fn places(here: &str, trap: &str) -> Vec<String> {
    let behind = trap.strip_prefix("http:").unwrap();
    vec![
        format!("{here}/hostile.example/token"),
        format!("{here}/elsewhere"),
        "/elsewhere".to_owned(),
        "elsewhere".to_owned(),
        "?again".to_owned(),
        "#".to_owned(),
        String::new(),
        trap.to_owned(),
        format!("{trap}/hostile.example/token"),
        format!("https:{behind}/"),
        format!("{behind}/protocol-relative"),
        format!("\\\\{}", &behind[2..]),
        format!("http://{}@{}/", &here[7..], &behind[2..]),
        format!("ftp:{behind}/"),
        "file:///etc/passwd".to_owned(),
        "data:application/json,{}".to_owned(),
        "javascript:alert(1)".to_owned(),
        "http://[::1".to_owned(),
        "http://".to_owned(),
        format!("{trap}/{}", "x".repeat(8192)),
    ]
}

#[tokio::test]
async fn te_01_no_redirect_of_any_endpoint_leads_to_a_request() {
    let world = world();
    let session = world.log_in().await;
    for status in STATUSES {
        for place in places("https://hostile.example", "http://evil.example") {
            let name = format!("{status} to {place:?}");
            let answer = |reader: Reader| {
                let response = Response::builder().status(status).header("location", &place);
                let response = response.header("content-type", "application/json");
                response
                    .header("refresh", format!("0;url={place}"))
                    .body(reader.good().into())
                    .unwrap()
            };
            let mut browser = world.browser_of(site(&world));
            let callback = browser.begin_and_agree("/").await;
            world.emulator.answer_next(Endpoint::Token, answer(Reader::Token));
            exchanged(&name, &world, &mut browser, callback.as_str(), U).await;

            browser.open("/").await;
            world.emulator.answer_next(Endpoint::Revocation, answer(Reader::Token));
            left(&name, &world, &mut browser).await;
            assert_eq!(world.sent.count(), 1, "{name}");

            for (endpoint, reader) in
                [(Endpoint::UserInfo, Reader::UserInfo), (Endpoint::Emails, Reader::Emails)]
            {
                world.sent.clear();
                world.emulator.answer_next(endpoint, answer(reader));
                read(&name, session.profile().await, of_json(status));
                let of_two = matches!(reader, Reader::Emails) || status < 300;
                assert_eq!(world.sent.count(), if of_two { 2 } else { 1 }, "{name}");
                contained(&name, &world.sent);
            }

            world.sent.clear();
            world.emulator.answer_next(Endpoint::Api, answer(Reader::Text));
            read(&name, call(&session.client()).await, Outcome::Tolerated);
            assert_eq!(world.sent.count(), 1, "{name}");
            contained(&name, &world.sent);
        }
    }
}

#[tokio::test]
async fn te_01_no_redirect_of_a_refresh_leads_to_a_request() {
    let world = world();
    for status in STATUSES {
        for place in places("https://hostile.example", "http://evil.example") {
            let mut browser = world.browser();
            browser.open("/").await;
            world.clock.advance(PAST);
            let response = Response::builder().status(status).header("location", &place);
            let response = response.header("content-type", "application/json");
            let response = response.body(Bytes::from(Reader::Token.good())).unwrap();
            world.emulator.answer_next(Endpoint::Token, response);

            visited(&format!("{status} to {place:?}"), &world, &mut browser, U).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn te_01_the_shipped_client_makes_one_connection_and_none_to_where_it_is_sent() {
    let trapped = Arc::new(AtomicUsize::new(0));
    let trap = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = format!("http://{}", trap.local_addr().unwrap());
    let count = Arc::clone(&trapped);
    tokio::spawn(async move {
        while trap.accept().await.is_ok() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let (world, wire) = wire::world().await;
    let session = world.log_in().await;
    for status in [301, 302, 303, 307, 308, 201] {
        for place in places(&wire.base(), &address) {
            let name = format!("{status} to {place:?}");
            let answer = |good: &str| {
                let head = format!(
                    "HTTP/1.1 {status} X\r\nlocation: {place}\r\nrefresh: 0;url={place}\r\nalt-svc: h2=\"{}\"",
                    &address[7..]
                );
                let asked = "www-authenticate: Basic realm=x\r\nproxy-authenticate: Basic realm=x";
                let rest = format!("{asked}\r\ncontent-type: application/json\r\n\r\n{good}");
                vec![Step::Write(format!("{head}\r\n{rest}").into())]
            };
            let mut browser = world.browser_of(site(&world));
            let callback = browser.begin_and_agree("/").await;
            wire.play("/token", answer(&Reader::Token.good()));
            let before = wire.connections();
            exchanged(&name, &world, &mut browser, callback.as_str(), U).await;
            wire.play("/me", answer(&Reader::UserInfo.good()));
            let calls = if status < 300 { 2 } else { 1 };
            read(&name, session.profile().await, of_json(status));
            wire.play("/x", answer(&Reader::Text.good()));
            let text = if status == 304 { "" } else { r#"{"a":"b"}"# };
            assert_eq!(call(&session.client()).await.unwrap(), text, "{name}");
            contained(&name, &world.sent);

            assert_eq!(wire.connections(), before + 2 + calls, "{name}");
            assert_eq!(trapped.load(Ordering::SeqCst), 0, "{name}");
        }
    }
    for status in STATUSES {
        let mut browser = world.browser_of(site(&world));
        browser.open("/").await;
        let head = format!(
            "HTTP/1.1 {status} X\r\nlocation: {address}/revoke\r\ncontent-length: 0\r\n\r\n"
        );
        wire.play("/revoke", vec![Step::Write(head.into())]);
        let before = wire.connections();
        left("revocation", &world, &mut browser).await;

        assert_eq!((wire.connections(), trapped.load(Ordering::SeqCst)), (before + 1, 0));
    }
    // The trap would have noticed.
    tokio::net::TcpStream::connect(&address[7..]).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    assert_eq!(trapped.load(Ordering::SeqCst), 1);
}
