//! The callback as a tower service.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use http::request::Parts;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use tower_service::Service;
use tracing::info;

use crate::answer;
use crate::authenticated::Authenticated;
use crate::authorization::pending_login::PendingLogin;
use crate::authorization::response::{AuthorizationCode, AuthorizationResponse};
use crate::body::Body;
use crate::callback::outcome::{Admission, Arrival, OnLogin};
use crate::engine::{Engine, original_uri, transaction};
use crate::error::CallbackError;
use crate::grant::{authorization_code, token_endpoint};
use crate::http_client::BoxFuture;
use crate::navigation::is_prefetch;
use crate::persistence::Context;
use crate::return_to::ReturnTo;
use crate::token::Tokens;

/// Completes a login: the second of the trio, mounted at the path of the redirect URI.
///
/// In this order: the state finds the login that this browser began; the issuer, if the provider names one,
/// must be its own; an error ends the login; the code is exchanged, once; the application's `on_login`
/// agrees; the tokens are kept; `303` to where the browser wanted to go.
///
/// What fails is a [`CallbackError`], answered by the application's `on_failure` or by a small page with a
/// proper status. Only a GET is taken: `HEAD`, `OPTIONS` and the rest are `405`, a prefetch is `503`, and
/// neither touches the login under way.
#[derive(Clone)]
pub struct Callback {
    engine: Arc<Engine>,
    on_login: Option<OnLogin>,
}

impl Callback {
    pub(crate) fn new(engine: Arc<Engine>, on_login: Option<OnLogin>) -> Self {
        Self { engine, on_login }
    }

    async fn answer(&self, parts: Parts) -> Response<Body> {
        if parts.method != Method::GET {
            return answer::method_not_allowed("GET");
        }
        if is_prefetch(&parts.headers) {
            return answer::status(StatusCode::SERVICE_UNAVAILABLE);
        }
        let cx = self.engine.context(&parts);
        let mut headers = HeaderMap::new();
        match self.complete(&cx, &mut headers).await {
            Ok(return_to) => {
                let mut response = answer::see_other(return_to.as_str());
                response.headers_mut().extend(headers);
                response
            }
            Err(CallbackError::NoPendingLogin) if self.is_logged_in(&cx).await => {
                // The back button brought an old callback again: there is nothing left to do.
                answer::see_other("/")
            }
            Err(error) => self.engine.fail(&cx, error, headers).await,
        }
    }

    /// The login from the callback's query to the place the browser goes to.
    async fn complete(
        &self,
        cx: &Context<'_>,
        headers: &mut HeaderMap,
    ) -> Result<ReturnTo, CallbackError> {
        let query = original_uri(cx.request).query().unwrap_or_default();
        let response = AuthorizationResponse::parse(query)?;
        let pending = self.engine.persistence.take(cx, headers, response.state()).await?;
        let pending = pending.ok_or(CallbackError::NoPendingLogin)?;
        let code = response.verify(&pending, cx.instance.key(), cx.now)?;
        let mut tokens = self.exchange(&code, &pending).await?;
        let admission = self.admit(cx, &tokens, &pending).await?;
        tokens.account = admission.account;
        self.engine.persistence.store_tokens(cx, headers, &tokens).await?;
        info!(
            provider = cx.instance.key(),
            transaction = transaction(&pending.state),
            "oauth.callback: logged in"
        );
        Ok(admission.return_to.map_or(pending.return_to, |place| self.engine.return_to(&place)))
    }

    async fn exchange(
        &self,
        code: &AuthorizationCode,
        pending: &PendingLogin,
    ) -> Result<Tokens, CallbackError> {
        let request = authorization_code::request(&self.engine.registration, code, pending)?;
        let response = token_endpoint::send(&*self.engine.http_client, request).await?;
        Ok(Tokens::received(response, &pending.scopes, self.engine.clock.now()))
    }

    /// Asks the application, if it wants to be asked.
    async fn admit(
        &self,
        cx: &Context<'_>,
        tokens: &Tokens,
        pending: &PendingLogin,
    ) -> Result<Admission, CallbackError> {
        let Some(on_login) = &self.on_login else {
            return Ok(Admission::default());
        };
        let arrival = Arrival {
            authenticated: Authenticated::new(Arc::clone(&self.engine), tokens.clone()),
            return_to: pending.return_to.clone(),
            request: cx.request.clone(),
        };
        on_login(arrival).await.map_err(CallbackError::Refused)
    }

    async fn is_logged_in(&self, cx: &Context<'_>) -> bool {
        let tokens = self.engine.persistence.tokens(cx, &mut HeaderMap::new()).await;
        tokens.ok().flatten().is_some_and(|tokens| !tokens.is_expired(cx.now))
    }
}

impl<B: Send + 'static> Service<Request<B>> for Callback {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut TaskContext<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let callback = self.clone();
        let (parts, _) = request.into_parts();
        Box::pin(async move { Ok(callback.answer(parts).await) })
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback").field("engine", &self.engine).finish_non_exhaustive()
    }
}
