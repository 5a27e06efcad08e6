//! Time and failure on the way to the provider.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use oauth_providers::{BoxFuture, HttpClient, Reqwest, TransportError, TransportErrorKind};
use oauth_tests::World;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::providers::Acme;

/// Answers the first request as another client does, and none after it.
struct Silent<C> {
    inner: C,
    calls: AtomicUsize,
}

impl<C: HttpClient> HttpClient for Silent<C> {
    fn call(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        match self.calls.fetch_add(1, Ordering::SeqCst) {
            0 => self.inner.call(request),
            _ => Box::pin(std::future::pending()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn tr_05_a_logout_does_not_wait_for_a_provider_that_does_not_answer() {
    let emulator = oauth_providers::Emulator::of(Acme);
    let silent = Silent { inner: emulator.clone(), calls: AtomicUsize::new(0) };
    let clock = oauth_tests::StoppedClock::new();
    let world = World::around(Acme, emulator, clock, |builder| builder.http_client(silent));
    let router = oauth_tests::application(&world.oauth)
        .route_service("/leave", world.oauth.logout().revoke());
    let mut browser = world.browser_of(oauth_tests::Site::new(router));
    browser.open("/").await;

    let before = tokio::time::Instant::now();
    let page = browser.send(Request::post("/leave").body(Bytes::new()).unwrap()).await;

    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(browser.jar().names(), [""; 0]);
    assert_eq!(before.elapsed().as_secs(), 2);
}

/// A server that reads a request and then does as it is told.
async fn server<F, Answer>(answer: F) -> SocketAddr
where
    F: Fn(tokio::net::TcpStream) -> Answer + Send + 'static,
    Answer: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            tokio::spawn(answer(stream));
        }
    });
    address
}

async fn get(address: SocketAddr) -> Result<Response<Bytes>, TransportError> {
    let request = Request::get(format!("http://{address}/")).body(Bytes::new()).unwrap();
    Reqwest::new().unwrap().call(request).await
}

#[tokio::test(start_paused = true)]
async fn tr_05_reqwest_gives_up_on_a_server_that_does_not_answer() {
    let silent = server(|stream| async move {
        let _open = stream;
        std::future::pending::<()>().await;
    });

    let error = get(silent.await).await.unwrap_err();

    assert_eq!(error.kind(), TransportErrorKind::TimedOut);
    assert!(error.may_have_been_sent());
}

#[tokio::test(start_paused = true)]
async fn tr_05_reqwest_gives_up_on_a_body_that_does_not_end() {
    let dripping = server(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n").await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });

    let error = get(dripping.await).await.unwrap_err();

    assert_eq!(error.kind(), TransportErrorKind::TimedOut);
}

#[tokio::test]
async fn a_body_is_read_up_to_its_limit() {
    let endless = server(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(&[b'x'; 65_536]).await.is_ok() {}
    });

    let error = get(endless.await).await.unwrap_err();

    assert_eq!(error.kind(), TransportErrorKind::TooLarge(1 << 20));
}

#[tokio::test]
async fn a_connection_that_is_refused_has_sent_nothing() {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);

    let error = get(address).await.unwrap_err();

    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(!error.may_have_been_sent());
}

#[tokio::test]
async fn te_04_a_code_is_sent_once_though_the_connection_breaks() {
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let broken = server(move |stream| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move { drop(stream) }
    });
    let address = broken.await;
    let world = World::with(Acme, |builder| {
        let base = oauth_providers::Environment::back_channel(format!("http://{address}"));
        builder.environment(base).http_client(Reqwest::new().unwrap())
    });

    let page = world.browser().open("/").await;

    assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_connection_that_the_server_may_be_closing_is_not_used_again() {
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let patient = server(move |mut stream| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move {
            let mut buffer = [0; 4096];
            while stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.is_ok() {
                // Nothing is read any more where the client has closed the connection.
                let Ok(1..) = stream.read(&mut buffer).await else { return };
            }
        }
    });
    let (address, client) = (patient.await, Reqwest::new().unwrap());
    let get = async || {
        let request = Request::get(format!("http://{address}/")).body(Bytes::new()).unwrap();
        client.call(request).await.unwrap().status()
    };

    let mut seen = Vec::new();
    for idle in [0, 3, 5] {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(idle)).await;
        tokio::time::resume();
        seen.push((get().await, connections.load(Ordering::SeqCst)));
    }

    assert_eq!(seen, [(StatusCode::OK, 1), (StatusCode::OK, 1), (StatusCode::OK, 2)]);
}
