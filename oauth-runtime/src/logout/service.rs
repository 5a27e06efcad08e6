//! The logout as a tower service.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use http::request::Parts;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use tower_service::Service;
use tracing::{error, info, warn};

use crate::answer;
use crate::body::Body;
use crate::encoding::base64url;
use crate::engine::Engine;
use crate::error::{TokenError, causes};
use crate::grant::revocation;
use crate::http_client::BoxFuture;
use crate::navigation::is_cross_origin;
use crate::oidc::end_session;
use crate::persistence::arrival;
use crate::provider::{HasEndSession, HasRevocation, Provider};
use crate::token::Tokens;

/// Forgets the tokens of a browser, and sends it to the place that the builder's `after_logout` names.
///
/// A POST of this application logs out (`303`), whether anybody was logged in or not. A POST that a page of
/// another origin made is refused (`403`), any other method is `405`: no link and no image can log a user
/// out. While the persistence fails the answer is `503`.
///
/// The user's session at the provider is left as it is, and so are the tokens, unless [`revoke`](Self::revoke)
/// gives them back and [`end_session`](Self::end_session) ends it there too.
pub struct Logout<P: Provider> {
    engine: Arc<Engine>,
    also: Also,
    provider: PhantomData<fn() -> P>,
}

/// What a logout does beside forgetting the browser.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Also {
    revoke: bool,
    end_session: bool,
}

impl<P: Provider> Logout<P> {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self { engine, also: Also::default(), provider: PhantomData }
    }

    pub(crate) fn also(&self) -> Also {
        self.also
    }

    /// Also gives the tokens back to the provider (RFC 7009). The browser is logged out within two seconds
    /// even if the provider does not answer.
    #[must_use]
    pub fn revoke(mut self) -> Self
    where
        P: HasRevocation,
    {
        self.also.revoke = true;
        self
    }

    /// Also sends the browser to the provider, to be logged out there (OpenID Connect RP-Initiated Logout s2). It comes back
    /// to the place that the builder's `after_logout` names, which is registered there as a `post_logout_redirect_uri`: the
    /// application's origin and that path. What the way back carries is of no consequence.
    ///
    /// The browser is logged out here before it goes. Where the provider has no such endpoint, or cannot be asked for it,
    /// that is all.
    #[must_use]
    pub fn end_session(mut self) -> Self
    where
        P: HasEndSession,
    {
        self.also.end_session = true;
        self
    }
}

impl<B: Send + 'static, P: Provider> Service<Request<B>> for Logout<P> {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut TaskContext<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let engine = Arc::clone(&self.engine);
        let also = self.also;
        let (parts, _) = request.into_parts();
        Box::pin(async move { Ok(log_out(&engine, &parts, also).await) })
    }
}

pub(crate) async fn log_out(engine: &Engine, parts: &Parts, also: Also) -> Response<Body> {
    if parts.method != Method::POST {
        return answer::method_not_allowed("POST");
    }
    if is_cross_origin(&parts.headers, &engine.registration.origin()) {
        return answer::status(StatusCode::FORBIDDEN);
    }
    let cx = engine.context(parts);
    let mut held = None;
    if let Ok(Some(tokens)) = engine.persistence.tokens(&cx, &mut HeaderMap::new()).await {
        let newest = engine.refresher.end(&Arc::new(tokens), also.revoke).await;
        if also.revoke {
            give_back(engine, &newest).await;
        }
        held = Some(newest);
    }
    let mut headers = HeaderMap::new();
    arrival::unmark(&cx, &mut headers);
    if let Err(failure) = engine.persistence.forget(&cx, &mut headers).await {
        error!(provider = engine.key(), causes = causes(&failure), "the persistence failed");
        return answer::unavailable(None);
    }
    info!(provider = engine.key(), "the browser is forgotten");
    let elsewhere = match held.filter(|_| also.end_session) {
        Some(tokens) => end_session_url(engine, &tokens).await,
        None => None,
    };
    let after = engine.registration.after_logout.as_str();
    let mut response = answer::see_other(elsewhere.as_deref().unwrap_or(after));
    answer::append(response.headers_mut(), headers);
    response
}

/// Where the user is logged out at the provider; `None` if that is not known in time. Nobody stays logged in here for it.
async fn end_session_url(engine: &Engine, tokens: &Tokens) -> Option<String> {
    let server = tokio::time::timeout(PATIENCE, engine.server()).await.ok()?;
    let server = server
        .inspect_err(|failure| {
            let (provider, causes) = (engine.key(), causes(failure));
            warn!(provider, causes, "the user is logged in at the provider still");
        })
        .ok()?;
    let mut state = [0; 32];
    engine.entropy.fill(&mut state).ok()?;
    let endpoint = server.end_session.as_ref()?;
    Some(end_session::url(&engine.registration, endpoint, tokens, &base64url(state)))
}

/// Revokes what this browser held. That it did not work keeps nobody logged in.
async fn give_back(engine: &Engine, tokens: &Tokens) {
    let provider = engine.key();
    match tokio::time::timeout(PATIENCE, revoked(engine, tokens)).await {
        Ok(Ok(status)) if status.is_success() => {}
        Ok(Ok(status)) => {
            warn!(provider, status = status.as_u16(), "the token was not revoked");
        }
        Ok(Err(failure)) => warn!(provider, causes = causes(&failure), "the token was not revoked"),
        Err(_) => warn!(provider, "the provider did not answer in time"),
    }
}

/// What the provider says to it; success where it has nowhere to be asked.
async fn revoked(engine: &Engine, tokens: &Tokens) -> Result<StatusCode, TokenError> {
    let server = engine.server().await?;
    let Some(endpoint) = &server.revocation else { return Ok(StatusCode::OK) };
    let request = revocation::request(&engine.registration, endpoint, tokens)?;
    Ok(engine.http_client.call(request).await?.status())
}

impl<P: Provider> Clone for Logout<P> {
    fn clone(&self) -> Self {
        Self { engine: Arc::clone(&self.engine), also: self.also, provider: PhantomData }
    }
}

impl<P: Provider> fmt::Debug for Logout<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logout").field("engine", &self.engine).field("also", &self.also).finish()
    }
}

const PATIENCE: Duration = Duration::from_secs(2);
