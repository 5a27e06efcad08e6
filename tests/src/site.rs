//! Something that answers HTTP requests, of whatever type it is.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use http_body_util::{BodyExt as _, Full};
use oauth_providers::{BoxError, BoxFuture};
use tower::{Service, ServiceExt as _};

type Answer = dyn Fn(Request<Full<Bytes>>) -> BoxFuture<'static, Response<Bytes>> + Send + Sync;

/// A tower service that a [`Browser`](crate::Browser) can reach: an axum router, a filter around a function,
/// an emulator.
#[derive(Clone)]
pub struct Site(Arc<Answer>);

impl Site {
    /// Erases the type of a service.
    ///
    /// # Panics
    ///
    /// The site panics, when it is called, if the service or its body fails.
    pub fn new<S, B>(service: S) -> Self
    where
        S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send,
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Arc::new(move |request| {
            let service = service.clone();
            Box::pin(async move {
                let answer = service.oneshot(request).await.map_err(Into::into);
                let (parts, body) = answer.expect("the service answers").into_parts();
                let body = body.collect().await.map_err(Into::into).expect("the body is whole");
                Response::from_parts(parts, body.to_bytes())
            })
        }))
    }

    /// Sends a request.
    pub async fn call(&self, request: Request<Bytes>) -> Response<Bytes> {
        (self.0)(request.map(Full::new)).await
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Site")
    }
}
