//! The token for a client stack that the application already has.

use std::task::{Context, Poll};

use http::{Request, Uri};
use tower_layer::Layer;
use tower_service::Service;

use crate::api::source::Source;
use crate::api::target;
use crate::bearer;
use crate::error::ApiError;
use crate::http_client::BoxFuture;
use crate::http_client::error::BoxError;

/// Attaches the user's access token, renewed if need be, to the requests of a tower client stack.
///
/// A request without scheme and host goes to the declaration's `api_base`; one to an origin that is not declared is
/// refused with [`ApiError::ForeignOrigin`]. A `401` is handed on as it is: the body of a request may be gone.
///
/// # Security
///
/// A provider that declares `access_token_param` takes the token in the URL: a layer below this one that logs URLs logs it.
#[derive(Clone, Debug)]
pub struct BearerLayer {
    source: Source,
}

impl BearerLayer {
    pub(crate) fn new(source: Source) -> Self {
        Self { source }
    }
}

impl<S> Layer<S> for BearerLayer {
    type Service = Bearer<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Bearer { inner, source: self.source.clone() }
    }
}

/// A client service behind a [`BearerLayer`].
#[derive(Clone, Debug)]
pub struct Bearer<S> {
    inner: S,
    source: Source,
}

impl<S, B> Service<Request<B>> for Bearer<S>
where
    S: Service<Request<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<S::Response, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        // The service that was polled ready is the one to be called; its clone waits in its place.
        let waiting = self.inner.clone();
        let mut ready = std::mem::replace(&mut self.inner, waiting);
        let source = self.source.clone();
        Box::pin(async move {
            authorize(&source, &mut request).await?;
            ready.call(request).await.map_err(Into::into)
        })
    }
}

async fn authorize<B>(source: &Source, request: &mut Request<B>) -> Result<(), ApiError> {
    let url = target::resolve(&source.engine().registration, &request.uri().to_string())?;
    let uri = Uri::try_from(url.as_str()).map_err(|error| ApiError::Malformed(error.into()))?;
    let tokens = source.tokens().await?;
    *request.uri_mut() = uri;
    let dialect = &source.engine().registration.declaration.dialect;
    bearer::attach(request, dialect, tokens.access_token())
        .map_err(|error| ApiError::Malformed(error.into()))
}
