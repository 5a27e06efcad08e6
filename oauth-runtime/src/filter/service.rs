//! The filter as a tower service.

use std::sync::Arc;
use std::task::{Context, Poll};

use http::header::{CACHE_CONTROL, SET_COOKIE, VARY};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Response};
use tower_service::Service;
use tracing::error;

use crate::answer;
use crate::authenticated::Findings;
use crate::body::{Body, FilterBody};
use crate::engine::Engine;
use crate::error::{CallbackError, PersistenceError, causes};
use crate::http_client::BoxFuture;
use crate::login_options::LoginOptions;
use crate::navigation::{is_navigation, is_prefetch, is_preflight};
use crate::original_uri::original_uri;
use crate::persistence::arrival;
use crate::refresh::refresher::Standing;
use crate::token::Tokens;

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
    R: Send,
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
                Decision::Pass(visit) => {
                    // Only a session that can be renewed may be another one afterwards.
                    let before = visit.is_renewable().then(|| parts.clone());
                    let response = ready.call(Request::from_parts(parts, body)).await?;
                    let headers = visit.leave(&engine, before.as_ref()).await;
                    Ok(with_headers(response.map(FilterBody::inner), headers))
                }
                Decision::Answer(response) => Ok(response.map(FilterBody::own)),
            }
        })
    }
}

/// What becomes of a request.
enum Decision {
    /// It goes to the inner service.
    Pass(Visit),
    /// It is answered here.
    Answer(Response<Body>),
}

/// A request that passes: what it passes with, and what its response will say of it.
#[derive(Default)]
struct Visit {
    tokens: Option<Arc<Tokens>>,
    headers: HeaderMap,
    /// How often anybody's tokens had changed when it came.
    changes: u64,
}

impl Visit {
    fn is_renewable(&self) -> bool {
        self.tokens.as_ref().is_some_and(|tokens| tokens.refresh_token().is_some())
    }

    /// The headers of the response: the newest tokens that there are by now, and nothing of a session that has
    /// ended meanwhile.
    async fn leave(self, engine: &Engine, request: Option<&Parts>) -> HeaderMap {
        let Some(tokens) = &self.tokens else { return self.headers };
        if engine.refresher.changes() == self.changes {
            return self.headers;
        }
        if engine.refresher.has_ended(tokens) {
            return HeaderMap::new();
        }
        let Some(request) = request else { return self.headers };
        let Some(newest) = engine.refresher.newest(tokens) else { return HeaderMap::new() };
        if !newest.is_later_than(tokens) {
            return self.headers;
        }
        let mut headers = HeaderMap::new();
        let cx = engine.context(request);
        match engine.persistence.renew_tokens(&cx, &mut headers, &newest).await {
            Ok(()) => headers,
            Err(failure) => {
                // The process knows the newest tokens; the next request of the browser tries again.
                error!(
                    provider = engine.key(),
                    causes = causes(&failure),
                    "renewed tokens were not kept"
                );
                self.headers
            }
        }
    }
}

async fn decide(engine: &Arc<Engine>, parts: &mut Parts, optional: bool) -> Decision {
    let path = original_uri(parts).path();
    if path == engine.registration.login_path {
        return Decision::Answer(engine.answer_login(parts, &LoginOptions::default(), None).await);
    }
    if path == engine.registration.callback_path() || is_preflight(parts) {
        Findings::note(&mut parts.extensions, engine, None);
        return Decision::Pass(Visit::default());
    }
    let mut headers = HeaderMap::new();
    let changes = engine.refresher.changes();
    let tokens = match current_tokens(engine, parts, &mut headers, optional).await {
        Ok(tokens) => tokens,
        Err(response) => return Decision::Answer(*response),
    };
    if let Some(tokens) = &tokens {
        let cx = engine.context(parts);
        // It has kept the session. What ends that from now on is not the browser's fault.
        if arrival::is_fresh(&cx, tokens.logged_in_at) {
            arrival::unmark(&cx, &mut headers);
        }
    }
    if tokens.is_some() || optional {
        Findings::note(&mut parts.extensions, engine, tokens.clone());
        return Decision::Pass(Visit { tokens, headers, changes });
    }
    let mut response = refuse(engine, parts).await;
    answer::append(response.headers_mut(), headers);
    Decision::Answer(response)
}

/// The tokens that the request acts with, valid and renewed if need be: kept for the browser before anything is
/// done with them.
async fn current_tokens(
    engine: &Engine,
    parts: &Parts,
    headers: &mut HeaderMap,
    optional: bool,
) -> Result<Option<Arc<Tokens>>, Box<Response<Body>>> {
    let down = |failure: &PersistenceError| {
        error!(provider = engine.key(), causes = causes(failure), "the persistence failed");
        Box::new(answer::unavailable(None))
    };
    let cx = engine.context(parts);
    let held = engine.persistence.tokens(&cx, headers).await.map_err(|failure| down(&failure))?;
    let Some(held) = held.filter(|held| !engine.refresher.has_ended(held)).map(Arc::new) else {
        return Ok(None);
    };
    match engine.refresher.standing_of_arrival(&held).await {
        // The session may have ended while the provider was asked.
        _ if engine.refresher.has_ended(&held) => Ok(None),
        Standing::Good(tokens) => {
            if tokens.is_later_than(&held) {
                let stored = engine.persistence.renew_tokens(&cx, headers, &tokens).await;
                stored.map_err(|failure| down(&failure))?;
            }
            Ok(Some(tokens))
        }
        // Nothing is removed from the browser: what it holds by now may be another login's.
        Standing::Ended => Ok(None),
        Standing::NoRuntime => {
            error!(
                provider = engine.key(),
                "tokens are renewed on a tokio runtime, and there is none"
            );
            Err(Box::new(answer::unavailable(None)))
        }
        // A page for everybody does not fail because a provider is down.
        Standing::Unavailable { .. } if optional => Ok(None),
        Standing::Unavailable { retry_after } => {
            Err(Box::new(answer::unavailable(Some(retry_after))))
        }
    }
}

/// Nobody is logged in: a person goes to the provider, anything else is told where to log in.
async fn refuse(engine: &Arc<Engine>, parts: &mut Parts) -> Response<Body> {
    if !is_navigation(parts) || is_prefetch(&parts.headers) {
        // What a program asked for is no page to come back to.
        return answer::unauthorized(engine.registration.login_required.clone());
    }
    Findings::note(&mut parts.extensions, engine, None);
    let here = original_uri(parts).path_and_query().map_or("/", |place| place.as_str());
    let return_to = engine.return_to(here);
    let cx = engine.context(parts);
    if arrival::is_marked(&cx) {
        let mut headers = HeaderMap::new();
        arrival::unmark(&cx, &mut headers);
        return engine.fail(&cx, &CallbackError::SessionLost, headers, Some(&return_to)).await;
    }
    if parts.method == Method::GET {
        engine.begin_login(parts, &LoginOptions::default(), return_to).await
    } else {
        // HEAD begins nothing.
        answer::see_other(engine.login_url(Some(&return_to)))
    }
}

/// A response that sets a cookie is one browser's alone. What the inner service sets comes last, and wins: it may have
/// logged the browser out.
fn with_headers<B>(mut response: Response<B>, mut headers: HeaderMap) -> Response<B> {
    if !headers.is_empty() {
        let own = response.headers_mut();
        for cookie in own.get_all(SET_COOKIE) {
            headers.append(SET_COOKIE, cookie.clone());
        }
        own.remove(SET_COOKIE);
        own.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        own.append(VARY, HeaderValue::from_static("cookie"));
        answer::append(own, headers);
    }
    response
}
