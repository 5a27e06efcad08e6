//! An emulator outside of memory: mounted in a router, or on a port of its own.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::Body as HttpBody;
use http_body_util::{BodyExt as _, Limited};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_service::Service;

use crate::body::Body;
use crate::emulator::Emulator;
use crate::http_client::{BoxError, BoxFuture};

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
            let (parts, body) = request.into_parts();
            let response = match Limited::new(body, MOST_BYTES).collect().await {
                Ok(body) => emulator.answer(&Request::from_parts(parts, body.to_bytes())),
                Err(_) => {
                    let mut response = Response::new(Bytes::new());
                    *response.status_mut() = StatusCode::BAD_REQUEST;
                    response
                }
            };
            Ok(response.map(Body::from))
        })
    }
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
        let task = tokio::spawn(accept(listener, self.into_service()));
        Ok(Served { address, task })
    }
}

async fn accept(listener: TcpListener, service: EmulatorService) {
    loop {
        // A connection that was lost before it was taken is no reason to stop.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let service = TowerToHyperService::new(service.clone());
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
