//! The seam for HTTP: a function from a request to a response.
//!
//! Everything that the library sends passes through an [`HttpClient`]. [`Reqwest`](crate::Reqwest) is the
//! one that is used unless another is given; any clonable tower service over `http` types is one too: the
//! emulator, a fake, a stack of middleware.

pub(crate) mod error;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
pub(crate) mod stream;

use std::future::Future;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http_body::Body;
use http_body_util::{BodyExt as _, Full, LengthLimitError};
use tower::ServiceExt as _;
use tower_service::Service;

use crate::http_client::error::{BoxError, TransportError};
use crate::http_client::stream::BodyStream;

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

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

/// The whole response, as long as its body keeps within the limit. It is copied together as it comes: a chunk of one
/// byte that is kept by itself costs its reader fifty.
pub(crate) async fn collect<B>(
    response: http::Response<B>,
    BodyLimit(limit): BodyLimit,
) -> Result<http::Response<Bytes>, TransportError>
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    let (parts, body) = response.into_parts();
    let (mut body, mut whole) = (std::pin::pin!(body), BytesMut::new());
    while let Some(frame) = body.frame().await {
        // What is not data are trailers.
        let frame = frame.map_err(|error| broken_off(error.into(), limit))?;
        let Ok(data) = frame.into_data() else { continue };
        if data.len() > limit - whole.len() {
            return Err(TransportError::too_large(limit));
        }
        whole.extend_from_slice(&data);
    }
    Ok(http::Response::from_parts(parts, whole.freeze()))
}

/// A stack may have a limit of its own.
fn broken_off(error: BoxError, limit: usize) -> TransportError {
    if error.is::<LengthLimitError>() {
        return TransportError::too_large(limit);
    }
    TransportError::from_body(error)
}

/// The greatest body, in bytes, that a response may have: an extension of the request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BodyLimit(pub usize);

impl BodyLimit {
    /// What a token endpoint may answer, and who says who the user is: 1 MiB.
    pub const BACK_CHANNEL: Self = Self(1 << 20);

    /// What an API may answer: 16 MiB.
    pub const API: Self = Self(16 << 20);

    /// The limit that the request names, else [`BodyLimit::BACK_CHANNEL`].
    #[must_use]
    pub fn of<B>(request: &http::Request<B>) -> Self {
        request.extensions().get().copied().unwrap_or(Self::BACK_CHANNEL)
    }
}
