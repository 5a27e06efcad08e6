//! The client that a session hands out.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::Method;
use tracing::error;

use crate::api::layer::BearerLayer;
use crate::api::profile;
use crate::api::request::ApiRequest;
use crate::api::source::Source;
use crate::api::target;
use crate::engine::Engine;
use crate::error::{ApiError, causes};
use crate::provider::{HasRefresh, Provider};
use crate::token::{RefreshToken, Tokens};

/// Calls the provider's API as the user: the third of the trio.
///
/// A path is appended to the declaration's `api_base`; a whole URL is taken if its origin is declared. The
/// access token goes nowhere else, and no redirect is followed. It is renewed before it expires, and once when the
/// API says that it is no longer good.
pub struct ApiClient<P: Provider> {
    source: Source,
    provider: PhantomData<fn() -> P>,
}

impl<P: Provider> ApiClient<P> {
    pub(crate) fn new(source: Source) -> Self {
        Self { source, provider: PhantomData }
    }

    /// The client of an account whose tokens are kept.
    pub(crate) async fn of_account(engine: Arc<Engine>, account: &str) -> Result<Self, ApiError> {
        let kept = engine.refresher.account(account).await.map_err(|error| {
            error!(provider = engine.key(), causes = causes(&error), "an account cannot be read");
            ApiError::Unavailable { retry_after: Duration::from_secs(1) }
        })?;
        let tokens =
            kept.ok_or_else(|| ApiError::Reconnect { login_url: engine.login_url(None) })?;
        Ok(Self::new(Source::new(engine, tokens)))
    }

    /// The client of a refresh token that the application keeps.
    pub(crate) fn offline(engine: Arc<Engine>, refresh_token: RefreshToken) -> Self {
        let tokens = Arc::new(Tokens::of_refresh_token(refresh_token));
        Self::new(Source::new(engine, tokens).alone())
    }

    /// Fetches an access token for each call, instead of using one as long as it is valid.
    #[must_use]
    pub fn without_cache(self) -> Self {
        Self::new(self.source.without_cache())
    }

    /// Renews the access token now, whether it is due or not.
    ///
    /// # Errors
    ///
    /// [`ApiError::Reconnect`] if the user must log in again, or there is no refresh token to renew with;
    /// [`ApiError::Unavailable`] if the provider cannot do it now.
    pub async fn refresh(&self) -> Result<(), ApiError>
    where
        P: HasRefresh,
    {
        self.source.other_than(&self.source.newest()).await.map(drop)
    }

    /// The newest refresh token: where the provider rotates, another one than the client began with. An
    /// application that keeps it itself should keep this one after each use.
    #[must_use]
    pub fn refresh_token(&self) -> Option<RefreshToken> {
        self.source.newest().refresh_token().cloned()
    }

    /// A tower layer that attaches the token to the requests of a client stack of yours.
    #[must_use]
    pub fn layer(&self) -> BearerLayer {
        BearerLayer::new(self.source.clone())
    }

    /// A request to the endpoint that says who the user is, wherever it is: declared, or named by the issuer. The answer
    /// comes as the provider gives it; [`Session::profile`](crate::Session::profile) reads it and checks whom it is about.
    ///
    /// # Errors
    ///
    /// [`ApiError::Undeclared`] if there is no such endpoint; [`ApiError::Metadata`] if the issuer cannot be asked for it.
    pub async fn userinfo(&self) -> Result<ApiRequest, ApiError> {
        let server = self.source.engine().server().await?;
        let endpoint = server.userinfo.as_ref();
        let endpoint = endpoint.ok_or(ApiError::Undeclared { key: "userinfo_endpoint" })?;
        profile::userinfo(&self.source, endpoint)
    }

    /// A `GET` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn get(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::GET, path)
    }

    /// A `POST` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn post(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::POST, path)
    }

    /// A `PUT` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn put(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::PUT, path)
    }

    /// A `PATCH` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn patch(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::PATCH, path)
    }

    /// A `DELETE` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn delete(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::DELETE, path)
    }

    /// A request of any method.
    ///
    /// # Errors
    ///
    /// [`ApiError::ForeignOrigin`] if the URL may not receive the token, [`ApiError::NoApiBase`] if a path has
    /// nothing to be appended to, [`ApiError::Malformed`] if it is no URL.
    pub fn request(&self, method: Method, path: &str) -> Result<ApiRequest, ApiError> {
        let url = target::resolve(&self.source.engine().registration, path)?;
        Ok(ApiRequest::new(self.source.clone(), method, url))
    }
}

impl<P: Provider> Clone for ApiClient<P> {
    fn clone(&self) -> Self {
        Self::new(self.source.clone())
    }
}

impl<P: Provider> fmt::Debug for ApiClient<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiClient").field("source", &self.source).finish()
    }
}
