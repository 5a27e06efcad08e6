//! The filter as a tower service.

use std::sync::Arc;
use std::task::{Context, Poll};

use http::header::{CACHE_CONTROL, VARY};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Response};
use tower_service::Service;
use tracing::error;

use crate::answer;
use crate::authenticated::{Authenticated, Findings};
use crate::authorization::options::LoginOptions;
use crate::body::{Body, FilterBody};
use crate::engine::{Engine, causes, original_uri};
use crate::http_client::BoxFuture;
use crate::navigation::{is_navigation, is_prefetch, is_preflight};

/// A service behind the filter; made by [`FilterLayer`](crate::FilterLayer), which says what passes.
#[derive(Clone, Debug)]
pub struct Filter<S> {
    inner: S,
    engine: Arc<Engine>,
    optional: bool,
}

impl<S> Filter<S> {
    pub(crate) fn new(inner: S, engine: Arc<Engine>, optional: bool) -> Self {
        Self { inner, engine, optional }
    }
}

impl<S, B, R> Service<Request<B>> for Filter<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
{
    type Response = Response<FilterBody<R>>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that was polled ready is the one to be called; its clone waits in its place.
        let waiting = self.inner.clone();
        let mut ready = std::mem::replace(&mut self.inner, waiting);
        let engine = Arc::clone(&self.engine);
        let optional = self.optional;
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match decide(&engine, &mut parts, optional).await {
                Decision::Pass(headers) => {
                    let response = ready.call(Request::from_parts(parts, body)).await?;
                    Ok(with_headers(response.map(FilterBody::inner), &headers))
                }
                Decision::Answer(response) => Ok(response.map(FilterBody::own)),
            }
        })
    }
}

/// What becomes of a request.
enum Decision {
    /// It goes to the inner service; these headers go into the response.
    Pass(HeaderMap),
    /// It is answered here.
    Answer(Response<Body>),
}

async fn decide(engine: &Arc<Engine>, parts: &mut Parts, optional: bool) -> Decision {
    let mut headers = HeaderMap::new();
    let cx = engine.context(parts);
    let now = cx.now;
    let tokens = match engine.persistence.tokens(&cx, &mut headers).await {
        Ok(tokens) => tokens.filter(|tokens| !tokens.is_expired(now)),
        Err(failure) => {
            error!(provider = engine.key(), causes = causes(&failure), "the persistence failed");
            return Decision::Answer(answer::unavailable());
        }
    };
    let session = tokens.map(|tokens| Authenticated::new(Arc::clone(engine), tokens));
    let authenticated = session.is_some();
    Findings::note(&mut parts.extensions, &engine.provider, session);
    if parts.method == Method::GET && original_uri(parts).path() == engine.registration.login_path {
        return Decision::Answer(engine.answer_login(parts, &LoginOptions::default()).await);
    }
    let path_of_callback = original_uri(parts).path() == engine.registration.callback_path();
    if authenticated || optional || path_of_callback || is_preflight(parts) {
        return Decision::Pass(headers);
    }
    let mut response = refuse(engine, parts).await;
    answer::append(response.headers_mut(), &headers);
    Decision::Answer(response)
}

/// Nobody is logged in: a person goes to the provider, anything else is told where to log in.
async fn refuse(engine: &Engine, parts: &Parts) -> Response<Body> {
    let here = original_uri(parts).path_and_query().map_or("/", |place| place.as_str());
    if !is_navigation(parts) || is_prefetch(&parts.headers) {
        // What a program asked for is no page to come back to.
        return answer::unauthorized(&engine.login_url(None));
    }
    let return_to = engine.return_to(here);
    if parts.method == Method::GET {
        engine.begin_login(parts, &LoginOptions::default(), return_to).await
    } else {
        // HEAD begins nothing.
        answer::see_other(&engine.login_url(Some(&return_to)))
    }
}

/// A response that sets a cookie is one browser's alone.
fn with_headers<B>(mut response: Response<B>, headers: &HeaderMap) -> Response<B> {
    if !headers.is_empty() {
        let own = response.headers_mut();
        own.append(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        own.append(VARY, HeaderValue::from_static("cookie"));
        answer::append(own, headers);
    }
    response
}
