//! What a browser is remembered by: the one interface that an application may implement.
//!
//! A login under way and the tokens of a finished one are bound to the browser that began it. How is up to
//! an [`OAuthPersistence`]: sealed cookies, rows of a database behind a session cookie, or one of each.

pub(crate) mod arrival;
pub(crate) mod consumed;
pub(crate) mod cookies;
pub(crate) mod jar;
pub(crate) mod record;
pub(crate) mod sessions;

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use http::request::Parts;
use url::Url;

use crate::authorization::pending_login::PendingLogin;
use crate::clock::Timestamp;
use crate::entropy::{Entropy, EntropyError};
use crate::error::{CallbackError, PersistenceError};
use crate::http_client::BoxFuture;
use crate::instance::Instance;
use crate::refresh::guard::RefreshGuard;
use crate::state::State;
use crate::token::Tokens;

/// Remembers, for a browser, its logins under way and its tokens.
///
/// The methods see the request and may add headers (`Set-Cookie`) to the response; they never see a body.
/// What [`EncryptedCookies`](crate::EncryptedCookies) does may be had by delegation: an application that
/// keeps tokens in its own database can leave the logins under way to the cookies.
///
/// # Security
///
/// - A [`PendingLogin`] must only be found again by the browser that began it: bind it to a cookie, not to
///   the state alone, or anybody can log a foreign browser in.
/// - [`take`](Self::take) must give a login at most once.
/// - A failure is a [`PersistenceError`], never `Ok(None)`: nobody is logged out because a store is down.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot remember a login",
    label = "not an `OAuthPersistence`",
    note = "use `EncryptedCookies::new(KeyRing::from_env(\"OAUTH_KEYS\")?)`, or implement `OAuthPersistence`"
)]
pub trait OAuthPersistence: Send + Sync + 'static {
    /// Remembers a login that begins.
    ///
    /// # Errors
    ///
    /// [`PersistenceError`] if it cannot be kept; the login is then not begun.
    fn begin<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>>;

    /// Hands back the login with this state, if this browser began it, and forgets it.
    ///
    /// # Errors
    ///
    /// [`PersistenceError`] if it cannot be read.
    fn take<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>>;

    /// Remembers the tokens of a finished login. An identifier of a session must change here.
    ///
    /// # Errors
    ///
    /// [`PersistenceError`] if they cannot be kept; the login has then failed.
    fn store_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>>;

    /// Remembers renewed tokens in place of those of this browser: an update, never an insert, since the session may
    /// have ended meanwhile.
    ///
    /// Calls [`store_tokens`](Self::store_tokens) unless overridden. Override it where that gives the session another
    /// identifier: other requests with this one are under way.
    ///
    /// # Errors
    ///
    /// [`PersistenceError`] if they cannot be kept; nobody is given them then.
    fn renew_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.store_tokens(cx, response, tokens)
    }

    /// The tokens of this browser.
    ///
    /// # Errors
    ///
    /// [`PersistenceError`] if they cannot be read; the request is then answered with 503.
    fn tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>>;

    /// Forgets the tokens of this browser, at a logout; its logins under way should go with them.
    ///
    /// # Errors
    ///
    /// [`PersistenceError`] if they cannot be forgotten.
    fn forget<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>>;

    /// Remembers for a minute what a provider has posted through the browser (`response_mode = form_post`). The browser
    /// sends no cookies of its own with a POST that comes from elsewhere: it is sent to the same path with a GET, which
    /// names `key`. Fails unless overridden; only providers that declare `form_post` need it.
    ///
    /// # Errors
    ///
    /// [`PersistenceError`] if it cannot be kept; the login has then failed.
    fn park_response<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        key: &'a str,
        params: &'a str,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        let _ = (cx, response, key, params);
        Box::pin(std::future::ready(Err(PersistenceError::Unsupported { what: "`form_post`" })))
    }

    /// Hands back what was posted, to the browser through which it came, and forgets it.
    ///
    /// # Errors
    ///
    /// [`PersistenceError`] if it cannot be read.
    fn parked_response<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, PersistenceError>> {
        let _ = (cx, response, key);
        Box::pin(std::future::ready(Err(PersistenceError::Unsupported { what: "`form_post`" })))
    }

    /// Ends the sessions that a provider's logout names, in every browser, and returns the tokens that they held; `None`
    /// if this very logout was told before. Fails unless overridden: what is kept in browsers alone cannot be ended.
    ///
    /// # Errors
    ///
    /// [`PersistenceError`] if not all could be ended; the provider is told so, and may tell it again.
    fn end_sessions<'a>(
        &'a self,
        cx: &'a Context<'a>,
        logout: &'a ProviderLogout,
    ) -> BoxFuture<'a, Result<Option<Vec<Tokens>>, PersistenceError>> {
        let _ = (cx, logout);
        let what = "the end of sessions by the provider";
        Box::pin(std::future::ready(Err(PersistenceError::Unsupported { what })))
    }

    /// What sees to it that a refresh token is presented once. `None` unless overridden: `build()` then refuses a provider
    /// that may give one and does not declare that it keeps it.
    ///
    /// ```
    /// # use oauth_runtime::store::{Store, MemoryStore};
    /// # use oauth_runtime::{KeyRing, RefreshGuard};
    /// # struct Database { store: MemoryStore, keys: KeyRing }
    /// # impl Database {
    /// fn refresh_guard(&self) -> Option<RefreshGuard> {
    ///     Some(RefreshGuard::in_store(self.store.clone(), self.keys.clone()))
    /// }
    /// # }
    /// ```
    fn refresh_guard(&self) -> Option<RefreshGuard> {
        None
    }

    /// Hears of a login that failed, before the browser is answered. Does nothing unless overridden.
    fn login_failed<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        error: &'a CallbackError,
    ) -> BoxFuture<'a, ()> {
        let _ = (cx, response, error);
        Box::pin(std::future::ready(()))
    }
}

/// One persistence may serve several providers.
impl<T: OAuthPersistence + ?Sized> OAuthPersistence for Arc<T> {
    fn begin<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        (**self).begin(cx, response, login)
    }

    fn take<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        (**self).take(cx, response, state)
    }

    fn store_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        (**self).store_tokens(cx, response, tokens)
    }

    fn renew_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        (**self).renew_tokens(cx, response, tokens)
    }

    fn tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        (**self).tokens(cx, response)
    }

    fn forget<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        (**self).forget(cx, response)
    }

    fn park_response<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        key: &'a str,
        params: &'a str,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        (**self).park_response(cx, response, key, params)
    }

    fn parked_response<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, PersistenceError>> {
        (**self).parked_response(cx, response, key)
    }

    fn end_sessions<'a>(
        &'a self,
        cx: &'a Context<'a>,
        logout: &'a ProviderLogout,
    ) -> BoxFuture<'a, Result<Option<Vec<Tokens>>, PersistenceError>> {
        (**self).end_sessions(cx, logout)
    }

    fn refresh_guard(&self) -> Option<RefreshGuard> {
        (**self).refresh_guard()
    }

    fn login_failed<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        error: &'a CallbackError,
    ) -> BoxFuture<'a, ()> {
        (**self).login_failed(cx, response, error)
    }
}

/// Whose sessions end by the word of the provider (OpenID Connect Back-Channel Logout s2.4). The token that said so was
/// verified.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ProviderLogout {
    pub(crate) subject: Option<String>,
    pub(crate) sid: Option<String>,
    pub(crate) id: String,
    pub(crate) expires_at: Timestamp,
}

impl ProviderLogout {
    /// The user: all of their sessions end if there is no [`sid`](Self::sid).
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// The one session, as the ID token of its login named it. This or the [`subject`](Self::subject) is there.
    #[must_use]
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// What this logout is known by (`jti`): it is told once.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// From when on the provider's token is not taken any more, so that its `id` may be forgotten.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}

/// What a persistence is asked about: which browser, which provider, when.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub(crate) request: &'a Parts,
    pub(crate) instance: &'a Instance,
    pub(crate) application: &'a Url,
    pub(crate) now: Timestamp,
    pub(crate) entropy: &'a dyn Entropy,
}

impl<'a> Context<'a> {
    /// The browser's request.
    #[must_use]
    pub fn request(&self) -> &'a Parts {
        self.request
    }

    /// Which provider of the application.
    #[must_use]
    pub fn instance(&self) -> &'a Instance {
        self.instance
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Fills the buffer with random bytes, for identifiers that nobody can guess.
    ///
    /// # Errors
    ///
    /// [`EntropyError`] if there are none to be had.
    pub fn fill_random(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        self.entropy.fill(buffer)
    }
}

impl fmt::Debug for Context<'_> {
    /// The request is left out: its headers hold cookies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("instance", &self.instance.key())
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}
