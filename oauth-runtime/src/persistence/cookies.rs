//! Everything in the browser: no store, no server memory.
//!
//! Each login under way is a cookie of its own, named by a hash of its state, so that two tabs at the same
//! instant both succeed. A session is one value, split over several cookies if need be. [`EncryptedCookies`]
//! seals both; [`InsecureCookies`] does not, and is for tests.

use std::fmt;
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::authorization::pending_login::PendingLogin;
use crate::clock::Timestamp;
use crate::encoding::base64url;
#[cfg(feature = "emulator")]
use crate::encoding::from_base64url;
use crate::error::PersistenceError;
use crate::http_client::BoxFuture;
use crate::persistence::consumed::ConsumedStates;
use crate::persistence::jar::{self, Attributes, Split};
use crate::persistence::{Context, OAuthPersistence};
use crate::refresh::guard::RefreshGuard;
use crate::return_to::ReturnTo;
use crate::seal::{KeyRing, Place, Purpose, claimed_expiry};
use crate::secret::SecretBytes;
use crate::state::State;
use crate::store::Store;
use crate::token::Tokens;
use crate::token_record::{from_record, to_record};

/// Keeps everything in sealed cookies of the browser: no store, and any number of servers with the same keys.
///
/// A cookie is `HttpOnly`, `SameSite=Lax`, and, unless the application is reached by http on loopback,
/// `Secure` with the `__Host-` prefix. A login under way is kept for 10 minutes, at most five of them unless
/// [`most_logins`](Self::most_logins) says more; a session for 7 days.
///
/// # Security
///
/// What was in a cookie cannot be called back: a copy of a session's cookie is good until it or its token
/// expires, also after a logout, and where it holds a refresh token until its own lifetime is over. That a callback is taken once is made sure of within one process, and by
/// the provider, which takes a code once.
///
/// A session that needs more than 2 cookies of 3,800 bytes is refused with
/// [`PersistenceError::TooLarge`](crate::PersistenceError::TooLarge); [`most_cookies`](Self::most_cookies) allows
/// more.
#[derive(Clone)]
pub struct EncryptedCookies(CookiePersistence);

impl EncryptedCookies {
    /// Seals with these keys.
    #[must_use]
    pub fn new(keys: KeyRing) -> Self {
        Self(CookiePersistence::new(Envelope::Sealed(keys)))
    }

    /// Says that one process serves the application, so that it can see to it that a refresh token is used once.
    ///
    /// `build()` demands it, or a [`coordinator`](Self::coordinator), where the provider may give a refresh token and does
    /// not declare that it keeps it.
    #[must_use]
    pub fn single_process(mut self) -> Self {
        self.0.guard = Some(RefreshGuard::in_process());
        self
    }

    /// Lets any number of processes renew the tokens in cookies, with the help of a store that they share.
    ///
    /// The store has one row for each session whose tokens were renewed: the newest ones, sealed with the same keys, for as
    /// long as a session lasts. A browser that comes with the ones before, from another tab or since a response was lost,
    /// is given these.
    #[must_use]
    pub fn coordinator(mut self, store: impl Store) -> Self {
        let keys = self.0.envelope.keys();
        self.0.guard = keys.map(|keys| RefreshGuard::in_store(store, keys.clone()));
        self
    }

    /// How many logins may be under way in one browser, in tabs side by side: 5 unless set, 10 at most. One more
    /// forgets the oldest.
    ///
    /// Each is a cookie of some 400 bytes until it is finished or 10 minutes old.
    #[must_use]
    pub fn most_logins(mut self, most: usize) -> Self {
        self.0.most_logins = most.clamp(1, 10);
        self
    }

    /// Over how many cookies of 3,800 bytes a session may be split: 2 unless set, 8 at most.
    ///
    /// The browser sends them all in one header line, which many proxies refuse above 8 KiB: raise their limit too.
    #[must_use]
    pub fn most_cookies(mut self, most: usize) -> Self {
        self.0.most_cookies = most.clamp(1, jar::MOST_PARTS);
        self
    }

    /// How long a session lasts from the login on, however often its token is renewed; 7 days unless set, a
    /// minute at least.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.0.lifetime = lifetime.max(MINUTE);
        self
    }
}

/// Keeps everything in cookies that anybody can read and forge: for tests that look inside.
///
/// # Security
///
/// Never in production: whoever can send a request can be any user.
#[cfg(feature = "emulator")]
#[derive(Clone)]
pub struct InsecureCookies(CookiePersistence);

#[cfg(feature = "emulator")]
impl InsecureCookies {
    /// Cookies without a seal.
    #[must_use]
    pub fn new() -> Self {
        Self(CookiePersistence {
            guard: Some(RefreshGuard::in_process()),
            ..CookiePersistence::new(Envelope::Open)
        })
    }
}

#[cfg(feature = "emulator")]
impl Default for InsecureCookies {
    fn default() -> Self {
        Self::new()
    }
}

/// What the two share.
#[derive(Clone)]
struct CookiePersistence {
    envelope: Envelope,
    lifetime: Duration,
    most_cookies: usize,
    most_logins: usize,
    guard: Option<RefreshGuard>,
    consumed: Arc<ConsumedStates>,
}

/// What stands around a record in a cookie.
#[derive(Clone)]
enum Envelope {
    Sealed(KeyRing),
    #[cfg(feature = "emulator")]
    Open,
}

impl Envelope {
    fn keys(&self) -> Option<&KeyRing> {
        match self {
            Self::Sealed(keys) => Some(keys),
            #[cfg(feature = "emulator")]
            Self::Open => None,
        }
    }

    fn wrap(
        &self,
        cx: &Context<'_>,
        place: &Place<'_>,
        expires_at: Timestamp,
        record: &[u8],
    ) -> Result<String, PersistenceError> {
        match self {
            Self::Sealed(keys) => Ok(keys.seal(place, expires_at, record, cx.entropy)?),
            #[cfg(feature = "emulator")]
            Self::Open => Ok(base64url(record)),
        }
    }

    fn unwrap<T>(
        &self,
        cx: &Context<'_>,
        place: &Place<'_>,
        value: &[u8],
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Option<T> {
        match self {
            Self::Sealed(keys) => read(keys.open(place, cx.now, value)?.plaintext()),
            #[cfg(feature = "emulator")]
            Self::Open => read(&from_base64url(value)?),
        }
    }
}

impl CookiePersistence {
    fn new(envelope: Envelope) -> Self {
        Self {
            envelope,
            lifetime: WEEK,
            most_cookies: MOST_COOKIES,
            most_logins: MOST_LOGINS,
            guard: None,
            consumed: Arc::default(),
        }
    }

    fn begin(
        &self,
        cx: &Context<'_>,
        response: &mut HeaderMap,
        mut login: PendingLogin,
    ) -> Result<(), PersistenceError> {
        let name = login_cookie(cx, &login.state);
        let mut value = self.wrap_login(cx, &name, &login)?;
        if value.len() > jar::MOST_BYTES {
            login.return_to = ReturnTo::default();
            value = self.wrap_login(cx, &name, &login)?;
        }
        if value.len() > jar::MOST_BYTES {
            return Err(PersistenceError::TooLarge { bytes: value.len(), most: jar::MOST_BYTES });
        }
        drop_oldest_logins(cx, response, self.most_logins);
        jar::set(response, &name, &value, attributes(cx, PendingLogin::LIFETIME));
        Ok(())
    }

    fn wrap_login(
        &self,
        cx: &Context<'_>,
        name: &str,
        login: &PendingLogin,
    ) -> Result<String, PersistenceError> {
        let record = SecretBytes::new(login.to_record());
        self.envelope.wrap(cx, &login_place(cx, name), login.expires_at(), &record)
    }

    fn take(
        &self,
        cx: &Context<'_>,
        response: &mut HeaderMap,
        state: &State,
    ) -> Option<PendingLogin> {
        let name = login_cookie(cx, state);
        let value = jar::single(&cx.request.headers, &name)?;
        let login = self.envelope.unwrap(cx, &login_place(cx, &name), value, |record| {
            PendingLogin::from_record(record, cx.application)
        })?;
        if login.state != *state {
            return None;
        }
        jar::remove(response, &name, cx.instance.secure());
        self.consumed.consume(state, login.expires_at(), cx.now).then_some(login)
    }

    fn store_tokens(
        &self,
        cx: &Context<'_>,
        response: &mut HeaderMap,
        tokens: &Tokens,
    ) -> Result<(), PersistenceError> {
        let record = SecretBytes::new(to_record(tokens));
        // Renewing a token does not make the session longer.
        let expires_at = tokens.logged_in_at.after(self.lifetime);
        let left = expires_at.since(cx.now);
        let value = self.envelope.wrap(cx, &session_place(cx), expires_at, &record)?;
        let name = cx.instance.session_cookie();
        let split = Split { name, most_parts: self.most_cookies };
        jar::set_joined(&cx.request.headers, response, split, &value, attributes(cx, left))
    }

    fn park(
        &self,
        cx: &Context<'_>,
        response: &mut HeaderMap,
        key: &str,
        params: &str,
    ) -> Result<(), PersistenceError> {
        let name = parked_cookie(cx, key);
        let (place, until) = (parked_place(cx, key), cx.now.after(PARKED));
        let value = self.envelope.wrap(cx, &place, until, params.as_bytes())?;
        let split = Split { name: &name, most_parts: PARKED_PARTS };
        jar::set_joined(&cx.request.headers, response, split, &value, attributes(cx, PARKED))
    }

    fn parked(&self, cx: &Context<'_>, response: &mut HeaderMap, key: &str) -> Option<String> {
        let name = parked_cookie(cx, key);
        let value = jar::joined(&cx.request.headers, &name)?;
        let read = |params: &[u8]| String::from_utf8(params.to_vec()).ok();
        let params = self.envelope.unwrap(cx, &parked_place(cx, key), &value, read)?;
        jar::remove_joined(&cx.request.headers, response, &name, cx.instance.secure());
        Some(params)
    }

    fn tokens(&self, cx: &Context<'_>) -> Option<Tokens> {
        let value = jar::joined(&cx.request.headers, cx.instance.session_cookie())?;
        self.envelope.unwrap(cx, &session_place(cx), &value, from_record)
    }
}

/// How long the browser takes from the provider's form to the same path again.
const PARKED: Duration = Duration::from_secs(60);

/// There are a few places, whatever is posted: any site can post, and the browser does not say with it what it holds already.
/// Of two answers in one instant that fall to one place, the later one takes it.
fn parked_cookie(cx: &Context<'_>, key: &str) -> String {
    let place = key.bytes().map(usize::from).sum::<usize>() % PARKED_PLACES;
    format!("{}.posted.{place}", cx.instance.session_cookie())
}

const PARKED_PLACES: usize = 5;

/// What may be posted: a code, and what an application is told once.
const PARKED_PARTS: usize = 2;

fn parked_place<'a>(cx: &Context<'a>, key: &'a str) -> Place<'a> {
    Place { purpose: Purpose::PostedResponse, name: key, context: cx.instance.context() }
}

/// The session and the logins under way: none of them shall end, after a logout, with somebody logged in.
fn forget(cx: &Context<'_>, response: &mut HeaderMap) {
    let (name, secure) = (cx.instance.session_cookie(), cx.instance.secure());
    jar::remove_joined(&cx.request.headers, response, name, secure);
    for (_, login) in logins_under_way(cx) {
        jar::remove(response, login, secure);
    }
}

fn session_place<'a>(cx: &Context<'a>) -> Place<'a> {
    let name = cx.instance.session_cookie();
    Place { purpose: Purpose::Session, name, context: cx.instance.context() }
}

fn login_place<'a>(cx: &Context<'a>, name: &'a str) -> Place<'a> {
    Place { purpose: Purpose::PendingLogin, name, context: cx.instance.context() }
}

fn login_cookie(cx: &Context<'_>, state: &State) -> String {
    format!("{}{}", cx.instance.login_cookie_prefix(), base64url(state.fingerprint()))
}

fn attributes(cx: &Context<'_>, lifetime: Duration) -> Attributes {
    Attributes { secure: cx.instance.secure(), seconds: lifetime.as_secs() }
}

/// Leaves room for one more login: the ones that began first are forgotten first.
fn drop_oldest_logins(cx: &Context<'_>, response: &mut HeaderMap, most: usize) {
    let mut logins: Vec<(Option<Timestamp>, &str)> = logins_under_way(cx).collect();
    logins.sort_unstable();
    let excess = (logins.len() + 1).saturating_sub(most);
    for (_, name) in &logins[..excess] {
        jar::remove(response, name, cx.instance.secure());
    }
}

/// When each login under way expires, by its own word, and the name of its cookie.
fn logins_under_way<'a>(
    cx: &Context<'a>,
) -> impl Iterator<Item = (Option<Timestamp>, &'a str)> + use<'a> {
    let prefix = cx.instance.login_cookie_prefix();
    jar::cookies(&cx.request.headers)
        .filter_map(move |(name, value)| Some((claimed_expiry(value), login_name(name, prefix)?)))
}

/// The name of a login's cookie, which can stand in a response: one that the browser made up is not ours.
fn login_name<'a>(name: &'a [u8], prefix: &str) -> Option<&'a str> {
    let hash = name.strip_prefix(prefix.as_bytes())?;
    let ours = hash.len() == 8
        && hash.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte));
    std::str::from_utf8(name).ok().filter(|_| ours)
}

/// What a line of headers of 8 KiB, the default of many proxies, leaves room for.
const MOST_COOKIES: usize = 2;

/// Logins under way in one browser.
const MOST_LOGINS: usize = 5;

const MINUTE: Duration = Duration::from_secs(60);

const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

macro_rules! cookie_persistence {
    ($name:ident) => {
        impl OAuthPersistence for $name {
            fn begin<'a>(
                &'a self,
                cx: &'a Context<'a>,
                response: &'a mut HeaderMap,
                login: PendingLogin,
            ) -> BoxFuture<'a, Result<(), PersistenceError>> {
                Box::pin(ready(self.0.begin(cx, response, login)))
            }

            fn take<'a>(
                &'a self,
                cx: &'a Context<'a>,
                response: &'a mut HeaderMap,
                state: &'a State,
            ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
                Box::pin(ready(Ok(self.0.take(cx, response, state))))
            }

            fn store_tokens<'a>(
                &'a self,
                cx: &'a Context<'a>,
                response: &'a mut HeaderMap,
                tokens: &'a Tokens,
            ) -> BoxFuture<'a, Result<(), PersistenceError>> {
                Box::pin(ready(self.0.store_tokens(cx, response, tokens)))
            }

            fn tokens<'a>(
                &'a self,
                cx: &'a Context<'a>,
                _response: &'a mut HeaderMap,
            ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
                Box::pin(ready(Ok(self.0.tokens(cx))))
            }

            fn park_response<'a>(
                &'a self,
                cx: &'a Context<'a>,
                response: &'a mut HeaderMap,
                key: &'a str,
                params: &'a str,
            ) -> BoxFuture<'a, Result<(), PersistenceError>> {
                Box::pin(ready(self.0.park(cx, response, key, params)))
            }

            fn parked_response<'a>(
                &'a self,
                cx: &'a Context<'a>,
                response: &'a mut HeaderMap,
                key: &'a str,
            ) -> BoxFuture<'a, Result<Option<String>, PersistenceError>> {
                Box::pin(ready(Ok(self.0.parked(cx, response, key))))
            }

            fn refresh_guard(&self) -> Option<RefreshGuard> {
                self.0.guard.clone().map(|guard| guard.lifetime(self.0.lifetime))
            }

            fn forget<'a>(
                &'a self,
                cx: &'a Context<'a>,
                response: &'a mut HeaderMap,
            ) -> BoxFuture<'a, Result<(), PersistenceError>> {
                forget(cx, response);
                Box::pin(ready(Ok(())))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("lifetime", &self.0.lifetime)
                    .finish_non_exhaustive()
            }
        }
    };
}

cookie_persistence!(EncryptedCookies);
#[cfg(feature = "emulator")]
cookie_persistence!(InsecureCookies);
