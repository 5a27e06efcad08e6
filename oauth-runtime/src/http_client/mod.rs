//! The seam for HTTP: a function from a request to a response.
//!
//! Everything that the library sends passes through an [`HttpClient`]. [`Reqwest`](crate::Reqwest) is the
//! one that is used unless another is given; any clonable tower service over `http` types is one too: the
//! emulator, a fake, a stack of middleware.

#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
pub(crate) mod stream;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http_body::Body;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use tower::ServiceExt as _;
use tower_service::Service;

use crate::http_client::stream::BodyStream;

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Sends a request and returns the whole response.
///
/// # Security
///
/// An implementation must not follow redirects and must not retry: a request may carry a code or a token
/// that must reach its server at most once and no other server. It should bound the time, and the body by
/// the request's [`BodyLimit`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an HTTP client",
    label = "neither `Reqwest` nor a clonable tower service over `http::Request<Bytes>`",
    note = "implement `HttpClient` for it, or `tower_service::Service<http::Request<bytes::Bytes>>`"
)]
pub trait HttpClient: Send + Sync + 'static {
    /// Sends the request.
    fn call(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// Sends the request, and hands out the response before its body is there. Collects it first unless overridden.
    fn stream(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        let response = self.call(request);
        Box::pin(async move { Ok(response.await?.map(|body| BodyStream::new(Full::new(body)))) })
    }
}

impl<S, B> HttpClient for S
where
    S: Service<http::Request<Bytes>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn call(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let limit = BodyLimit::of(&request);
        let service = self.clone();
        Box::pin(async move {
            let response = service.oneshot(request).await.map_err(TransportError::failed)?;
            collect(response, limit).await
        })
    }

    fn stream(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        let service = self.clone();
        Box::pin(async move {
            let response = service.oneshot(request).await.map_err(TransportError::failed)?;
            Ok(response.map(BodyStream::new))
        })
    }
}

/// The whole response, as long as its body keeps within the limit.
pub(crate) async fn collect<B>(
    response: http::Response<B>,
    BodyLimit(limit): BodyLimit,
) -> Result<http::Response<Bytes>, TransportError>
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    let (parts, body) = response.into_parts();
    match Limited::new(body, limit).collect().await {
        Ok(body) => Ok(http::Response::from_parts(parts, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => Err(TransportError::too_large(limit)),
        Err(error) => Err(TransportError::from_body(error)),
    }
}

/// The greatest body, in bytes, that a response may have: an extension of the request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BodyLimit(pub usize);

impl BodyLimit {
    /// What a token endpoint may answer: 1 MiB.
    pub const BACK_CHANNEL: Self = Self(1 << 20);

    /// What an API may answer: 16 MiB.
    pub const API: Self = Self(16 << 20);

    /// The limit that the request names, else [`BodyLimit::BACK_CHANNEL`].
    #[must_use]
    pub fn of<B>(request: &http::Request<B>) -> Self {
        request.extensions().get().copied().unwrap_or(Self::BACK_CHANNEL)
    }
}

/// No response came, or none that could be taken.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<BoxError>,
}

/// What went wrong on the way.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: nothing had been written, so the request may be sent again.
    Connect,
    /// The connection broke; the server may have acted on the request.
    Failed,
    /// The answer did not come in time; the server may have acted on the request.
    TimedOut,
    /// The body is larger than that many bytes.
    TooLarge(usize),
}

impl TransportError {
    /// No connection could be made; nothing was written.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Connect, source: Some(source.into()) }
    }

    /// The exchange broke after the request may have been written.
    pub fn failed(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Failed, source: Some(source.into()) }
    }

    /// The answer did not come in time.
    pub fn timed_out(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::TimedOut, source: Some(source.into()) }
    }

    /// The body broke off. An adapter may have classified the error where it arose.
    pub(crate) fn from_body(error: impl Into<BoxError>) -> Self {
        error.into().downcast().map_or_else(Self::failed, |classified| *classified)
    }

    /// The body exceeds the limit.
    #[must_use]
    pub fn too_large(limit: usize) -> Self {
        Self { kind: TransportErrorKind::TooLarge(limit), source: None }
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether anything of the request may have reached the server.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.kind != TransportErrorKind::Connect
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TransportErrorKind::Connect => f.write_str("no connection to the server"),
            TransportErrorKind::Failed => f.write_str("the connection to the server broke"),
            TransportErrorKind::TimedOut => f.write_str("the server did not answer in time"),
            TransportErrorKind::TooLarge(limit) => {
                write!(f, "the answer is larger than {limit} bytes")
            }
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
