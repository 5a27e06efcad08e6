//! An emulator outside of memory: mounted in a router, or on a port of its own.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::Body as HttpBody;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_service::Service;

use crate::body::Body;
use crate::emulator::{ConnectionLost, Emulator};
use crate::http_client::BoxFuture;
use crate::http_client::error::BoxError;

/// An [`Emulator`] for requests with bodies: made by [`Emulator::into_service`], to mount in a router.
#[derive(Clone, Debug)]
pub struct EmulatorService {
    emulator: Emulator,
}

impl EmulatorService {
    pub(super) fn new(emulator: Emulator) -> Self {
        Self { emulator }
    }
}

impl<B> Service<Request<B>> for EmulatorService
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let emulator = self.emulator.clone();
        Box::pin(async move {
            // A router cannot break a connection: what was to be lost is a bad gateway.
            let response = read_and_respond(emulator, request).await;
            Ok(response
                .unwrap_or_else(|ConnectionLost| bare(StatusCode::BAD_GATEWAY))
                .map(Body::from))
        })
    }
}

async fn read_and_respond<B>(
    emulator: Emulator,
    request: Request<B>,
) -> Result<Response<Bytes>, ConnectionLost>
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    let (parts, body) = request.into_parts();
    match Limited::new(body, MOST_BYTES).collect().await {
        Ok(body) => emulator.respond(Request::from_parts(parts, body.to_bytes())).await,
        Err(_) => Ok(bare(StatusCode::BAD_REQUEST)),
    }
}

fn bare(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

impl Emulator {
    /// Serves on an address until the returned value is dropped; port 0 takes a free one.
    ///
    /// An application finds it by [`Environment::at`](crate::Environment::at) with
    /// [`Served::base`].
    ///
    /// # Errors
    ///
    /// [`io::Error`] if the address cannot be listened on.
    pub async fn serve(self, address: SocketAddr) -> io::Result<Served> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, self));
        Ok(Served { address, task })
    }
}

async fn accept(listener: TcpListener, emulator: Emulator) {
    loop {
        // A connection that was lost before it was taken is no reason to stop.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let emulator = emulator.clone();
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let response = read_and_respond(emulator.clone(), request);
            async move { Ok::<_, ConnectionLost>(response.await?.map(Body::from)) }
        });
        tokio::spawn(async move {
            let connection = auto::Builder::new(TokioExecutor::new());
            // A client that hangs up ends its own connection alone.
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

/// An emulator on a port; it stops when this is dropped.
#[derive(Debug)]
pub struct Served {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Served {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base for [`Environment::at`](crate::Environment::at).
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// No request to an authorization server is larger.
const MOST_BYTES: usize = 1 << 20;
