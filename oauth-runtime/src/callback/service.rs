//! The callback as a tower service.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, Request, Response};
use http_body::Body as HttpBody;
use oauth_declaration::ResponseMode;
use tower_service::Service;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, info, info_span};

use crate::answer;
use crate::authenticated::Authenticated;
use crate::authorization::pending_login::PendingLogin;
use crate::authorization::response::{AuthorizationResponse, Authorized};
use crate::body::Body;
use crate::callback::outcome::{Admission, Arrival, OnLogin};
use crate::encoding::base64url;
use crate::engine::{Engine, record_transaction};
use crate::entropy::DrawnAtOnce;
use crate::error::{CallbackError, PersistenceError, TokenError};
use crate::form_body::form;
use crate::grant::answer::Grant;
use crate::grant::{authorization_code, token_endpoint};
use crate::http_client::BoxFuture;
use crate::http_client::error::BoxError;
use crate::jwt_error::JwtError;
use crate::navigation::is_prefetch;
use crate::oidc::id_token::Circumstances;
use crate::oidc::verify;
use crate::original_uri::original_uri;
use crate::persistence::{Context, arrival};
use crate::return_to::ReturnTo;
use crate::token::{LoginId, TokenResponse, Tokens};

/// Completes a login: the second of the trio, mounted at the path of the redirect URI.
///
/// In this order: the state finds the login that this browser began; the issuer, if the provider names one,
/// must be its own; an error ends the login; the code is exchanged, once; the application's `on_login`
/// agrees; the tokens are kept; `303` to where the browser wanted to go.
///
/// What fails is a [`CallbackError`], answered by the application's `on_failure` or by a small page with a
/// proper status. Only a GET is taken: `HEAD`, `OPTIONS` and the rest are `405`, a prefetch is `503`, and
/// neither touches the login under way.
///
/// Where the provider declares `response_mode = form_post`, it has the browser POST the answer. With that come no cookies
/// of this application: what was posted is put into a sealed one, and the browser is sent to the same path with a GET
/// (`303`), which completes the login. No code stands in a URL.
#[derive(Clone)]
pub struct Callback {
    engine: Arc<Engine>,
    on_login: Option<OnLogin>,
}

impl Callback {
    pub(crate) fn new(engine: Arc<Engine>, on_login: Option<OnLogin>) -> Self {
        Self { engine, on_login }
    }

    async fn answer<B>(&self, parts: Parts, body: B) -> Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send,
        B::Error: Into<BoxError>,
    {
        match parts.method {
            Method::GET => self.answer_get(parts).await,
            Method::POST if self.takes_forms() => match form(&parts.headers, body).await {
                Ok(params) => self.park(parts, &params).await,
                Err(status) => answer::status(status),
            },
            _ if self.takes_forms() => answer::method_not_allowed("GET, POST"),
            _ => answer::method_not_allowed("GET"),
        }
    }

    fn takes_forms(&self) -> bool {
        self.engine.registration.declaration.response_mode == ResponseMode::FormPost
    }

    /// Keeps what the provider has the browser post until the browser comes again with its cookies.
    async fn park(&self, parts: Parts, params: &str) -> Response<Body> {
        let cx = self.engine.context(&parts);
        let mut headers = HeaderMap::new();
        let dialect = &self.engine.registration.declaration.dialect;
        let parked = match AuthorizationResponse::parse(params, dialect) {
            Ok(response) => {
                let key = base64url(response.state().fingerprint());
                let parked = self.engine.persistence.park_response(&cx, &mut headers, &key, params);
                parked.await.map(|()| key).map_err(CallbackError::from)
            }
            Err(error) => Err(error),
        };
        match parked {
            Ok(key) => {
                let path = original_uri(&parts).path();
                let mut response = answer::see_other(format!("{path}?{PARKED}={key}"));
                answer::append(response.headers_mut(), headers);
                response
            }
            Err(error) => self.fail(&cx, &error, HeaderMap::new(), None).await,
        }
    }

    async fn answer_get(&self, parts: Parts) -> Response<Body> {
        if is_prefetch(&parts.headers) {
            return answer::unavailable(None);
        }
        let entropy = DrawnAtOnce::new(&self.engine.entropy, BYTES_OF_A_SESSION);
        let cx = self.engine.context_with(&parts, &entropy);
        let mut headers = HeaderMap::new();
        let (response, pending) = match self.take(&cx, &mut headers).await {
            Ok(taken) => taken,
            Err(CallbackError::NoPendingLogin) if self.is_logged_in(&cx).await => {
                // The back button brought an old callback again: there is nothing left to do.
                return answer::see_other("/");
            }
            Err(error) => return self.fail(&cx, &error, headers, None).await,
        };
        match self.complete(&cx, &mut headers, response, &pending).await {
            Ok(return_to) => {
                Span::current().record("outcome", "logged_in");
                let mut response = answer::see_other(return_to.as_str());
                answer::append(response.headers_mut(), headers);
                response
            }
            Err(error) => self.fail(&cx, &error, headers, Some(&pending.return_to)).await,
        }
    }

    /// What came back, and the login of this browser that it belongs to.
    async fn take(
        &self,
        cx: &Context<'_>,
        headers: &mut HeaderMap,
    ) -> Result<(AuthorizationResponse, PendingLogin), CallbackError> {
        let mut query = Cow::Borrowed(original_uri(cx.request).query().unwrap_or_default());
        if self.takes_forms() {
            let key = parked_key(&query).ok_or(CallbackError::Malformed("it was to be posted"))?;
            let parked = self.engine.persistence.parked_response(cx, headers, key).await?;
            query = Cow::Owned(parked.ok_or(CallbackError::NoPendingLogin)?);
        }
        let dialect = &self.engine.registration.declaration.dialect;
        let response = AuthorizationResponse::parse(&query, dialect)?;
        record_transaction(response.state());
        let pending = self.engine.persistence.take(cx, headers, response.state()).await?;
        Ok((response, pending.ok_or(CallbackError::NoPendingLogin)?))
    }

    /// The login from the code to the place the browser goes to.
    async fn complete(
        &self,
        cx: &Context<'_>,
        headers: &mut HeaderMap,
        response: AuthorizationResponse,
        pending: &PendingLogin,
    ) -> Result<ReturnTo, CallbackError> {
        let authorized = response.verify(pending, cx.instance.key(), cx.now)?;
        let mut carried = authorized.callback.clone();
        carried.extend_from_slice(&authorized.once);
        let mut tokens = self.exchange(cx, authorized, pending).await?;
        let admission = self.admit(cx, &tokens, pending, carried).await?;
        tokens.account = admission.account;
        // The application may have renewed them already.
        let tokens = Arc::new(tokens);
        let tokens = self.engine.refresher.newest(&tokens).unwrap_or(tokens);
        let before = self.engine.persistence.tokens(cx, &mut HeaderMap::new()).await;
        self.engine.refresher.keep(&tokens).await.map_err(PersistenceError::unavailable)?;
        self.engine.persistence.store_tokens(cx, headers, &tokens).await?;
        arrival::mark(cx, headers);
        self.engine.refresher.begin_session(before.ok().flatten(), &tokens).await;
        info!("logged in");
        let elsewhere = admission.return_to.map(|place| self.engine.return_to(&place));
        Ok(elsewhere.unwrap_or_else(|| pending.return_to.clone()))
    }

    async fn fail(
        &self,
        cx: &Context<'_>,
        error: &CallbackError,
        headers: HeaderMap,
        return_to: Option<&ReturnTo>,
    ) -> Response<Body> {
        Span::current().record("outcome", error.code());
        self.engine.fail(cx, error, headers, return_to).await
    }

    async fn exchange(
        &self,
        cx: &Context<'_>,
        authorized: Authorized,
        pending: &PendingLogin,
    ) -> Result<Tokens, CallbackError> {
        // Before the code is spent: without randomness nothing could be made of what it brings.
        let login = LoginId::random(cx.entropy).map_err(PersistenceError::from)?;
        let registration = &self.engine.registration;
        let server = self.engine.server().await.map_err(TokenError::from)?;
        let request =
            authorization_code::request(registration, &server.token, &authorized, pending)?;
        let (http_client, grant) = (&*self.engine.http_client, Grant::AuthorizationCode);
        let now = self.engine.clock.now();
        let response = token_endpoint::send(http_client, registration, request, grant, now).await?;
        if registration.is_openid() {
            let verified = self.verify(&response, pending, &authorized).await;
            verified.map_err(CallbackError::IdToken)?;
        }
        let requested = authorized.scopes.as_ref().unwrap_or(&pending.scopes);
        let kept = registration.kept(authorized.callback, &pending.state);
        let tokens = Tokens::received(response, requested, kept, login, self.engine.clock.now());
        self.engine.refresher.welcome(&tokens);
        Ok(tokens)
    }

    /// The ID token of the answer is this login's. Without one nobody is logged in (OpenID Connect Core s3.1.3.3).
    async fn verify(
        &self,
        response: &TokenResponse,
        pending: &PendingLogin,
        authorized: &Authorized,
    ) -> Result<(), JwtError> {
        let token = response.id_token.as_ref().ok_or(JwtError::Missing)?;
        let nonce = match self.engine.registration.sends_nonce() {
            // A login that lost its nonce is not finished without one.
            true => Some(pending.nonce.as_ref().ok_or(JwtError::Nonce)?),
            false => None,
        };
        let contexts = pending.acr_values.split(' ').filter(|acr| !acr.is_empty());
        let contexts: Vec<String> = contexts.map(str::to_owned).collect();
        let came_with = Circumstances {
            nonce,
            access_token: Some(&response.access_token),
            code: Some(authorized.code.expose()),
            issuer: authorized.issuer.as_deref(),
            state: Some(pending.state.expose()),
            max_age: pending.max_age.map(Duration::from_secs),
            acr_values: &contexts,
            is_fresh: true,
            before: None,
        };
        let (peer, now) = (self.engine.peer(), self.engine.clock.now());
        verify::id_token(&peer, token.expose(), &came_with, now).await.map(drop)
    }

    /// Asks the application, if it wants to be asked.
    async fn admit(
        &self,
        cx: &Context<'_>,
        tokens: &Tokens,
        pending: &PendingLogin,
        callback: Vec<(String, String)>,
    ) -> Result<Admission, CallbackError> {
        let Some(on_login) = &self.on_login else {
            return Ok(Admission::default());
        };
        let arrival = Arrival {
            authenticated: Authenticated::new(Arc::clone(&self.engine), Arc::new(tokens.clone())),
            return_to: pending.return_to.clone(),
            request: cx.request.clone(),
            callback,
        };
        Ok(on_login(arrival).await?)
    }

    async fn is_logged_in(&self, cx: &Context<'_>) -> bool {
        let tokens = self.engine.persistence.tokens(cx, &mut HeaderMap::new()).await;
        tokens.ok().flatten().is_some_and(|tokens| !tokens.is_expired(cx.now))
    }
}

impl<B> Service<Request<B>> for Callback
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut TaskContext<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let callback = self.clone();
        let (parts, body) = request.into_parts();
        let provider = callback.engine.key();
        let span = info_span!("oauth.callback", provider, transaction = Empty, outcome = Empty);
        Box::pin(async move { Ok(callback.answer(parts, body).await) }.instrument(span))
    }
}

/// What stands in the query of the browser's second request: `login=AbCdEf12`.
fn parked_key(query: &str) -> Option<&str> {
    let key = query.strip_prefix(PARKED)?.strip_prefix('=')?;
    let is_ours = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (key.len() == 8 && key.bytes().all(is_ours)).then_some(key)
}

/// The parameter that names what was posted. It says nothing of the state or the code.
const PARKED: &str = "login";

/// What tells the login from every other, and what makes the seal around its tokens different from every other.
const BYTES_OF_A_SESSION: usize = 16 + 12;

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback").field("engine", &self.engine).finish_non_exhaustive()
    }
}
