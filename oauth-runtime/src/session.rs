//! What a handler holds of a browser that is logged in.

use std::fmt;
use std::marker::PhantomData;

use http::Extensions;

use crate::api::client::ApiClient;
use crate::api::profile::{Profile, fetch};
use crate::authenticated::{Authenticated, Findings, NoFilter};
use crate::clock::Timestamp;
use crate::engine::ProviderKey;
use crate::error::ApiError;
use crate::grant::token_response;
use crate::oidc::claims::{self, IdTokenClaims};
use crate::provider::{HasIdToken, HasProfile, Provider, ProviderTokenResponse};
use crate::scope::Scopes;
use crate::token::{FieldError, IdToken, Tokens};

/// A browser that is logged in with the provider `P`.
///
/// Made by the filter. With axum it is an extractor; elsewhere `oauth.session(request.extensions())` finds it.
#[derive(Clone)]
pub struct Session<P: Provider> {
    authenticated: Authenticated,
    provider: PhantomData<fn() -> P>,
}

impl<P: Provider> Session<P> {
    pub(crate) fn new(authenticated: Authenticated) -> Self {
        Self { authenticated, provider: PhantomData }
    }

    /// The session that the filter found; `None` if it found nobody.
    pub(crate) fn find(
        extensions: &Extensions,
        key: &ProviderKey,
    ) -> Result<Option<Self>, NoFilter> {
        Ok(Findings::of(extensions, key)?.map(Self::new))
    }

    /// The client for the provider's API.
    #[must_use]
    pub fn client(&self) -> ApiClient<P> {
        ApiClient::new(self.authenticated.clone().into())
    }

    /// Asks the provider who the user is: one call of its API, or two where the declaration says so.
    ///
    /// # Errors
    ///
    /// [`ApiError`], as any call of the API.
    pub async fn profile(&self) -> Result<Profile, ApiError>
    where
        P: HasProfile,
    {
        fetch(&self.authenticated.clone().into()).await
    }

    /// The provider's answer at login, with the fields that its declaration names.
    ///
    /// # Errors
    ///
    /// [`FieldError`] if a declared field is not in it.
    pub fn token_response(&self) -> Result<P::TokenResponse, FieldError> {
        let answer = token_response::reread(self.tokens()).ok_or_else(FieldError::unreadable)?;
        P::TokenResponse::from_standard(answer)
    }

    /// The ID token of the newest answer that brought one; `None` if the login did not ask for `openid`. It was verified
    /// when it came.
    #[must_use]
    pub fn id_token(&self) -> Option<IdToken>
    where
        P: HasIdToken,
    {
        let is_openid = self.authenticated.engine.registration.is_openid();
        token_response::reread(self.tokens())?.id_token.filter(|_| is_openid)
    }

    /// What the [`id_token`](Self::id_token) says: who logged in, when and how. The provider is not asked.
    #[must_use]
    pub fn claims(&self) -> Option<IdTokenClaims>
    where
        P: HasIdToken,
    {
        let is_openid = self.authenticated.engine.registration.is_openid();
        claims::kept(self.tokens()).filter(|_| is_openid)
    }

    /// The scopes that were granted, which may be fewer than were asked for.
    #[must_use]
    pub fn scopes(&self) -> &Scopes {
        self.tokens().scopes()
    }

    /// When the access token expires; `None` if the provider did not say.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.tokens().expires_at()
    }

    /// The account that the application's `on_login` named.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.tokens().account()
    }

    /// The tokens as they are kept.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.authenticated.tokens
    }
}

impl<P: Provider> fmt::Debug for Session<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("provider", &self.authenticated.engine.key())
            .field("tokens", &self.authenticated.tokens)
            .finish()
    }
}
