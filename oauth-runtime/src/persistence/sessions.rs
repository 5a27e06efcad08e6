//! Sessions in a store: the browser holds an identifier that says nothing, and the tokens stay here.
//!
//! A login under way is still a sealed cookie of its own: a login that nobody finishes costs the store nothing.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::authorization::pending_login::PendingLogin;
use crate::crypto::sha256;
use crate::encoding::{base64url, from_base64url};
use crate::error::PersistenceError;
use crate::http_client::BoxFuture;
use crate::instance::Instance;
use crate::oidc::claims;
use crate::persistence::cookies::EncryptedCookies;
use crate::persistence::jar::{self, Attributes};
use crate::persistence::{Context, OAuthPersistence, ProviderLogout};
use crate::refresh::guard::RefreshGuard;
use crate::seal::{KeyRing, Place, Purpose};
use crate::secret::SecretBytes;
use crate::state::State;
use crate::store::{Replaced, Row, Store, StoreError};
use crate::token::Tokens;
use crate::token_record::{from_record, to_record};

/// Keeps tokens in a [`Store`], and in the browser a cookie with a random identifier.
///
/// A session can be ended here, whatever copies of its cookie there are, and its cookie is small however large the tokens.
/// The identifier is 256 random bits, another one after each login; the store has its hash alone, and the tokens sealed by
/// the [`KeyRing`] for their row: who reads the store can neither be anybody nor read a token.
///
/// ```
/// use std::time::Duration;
///
/// use oauth_runtime::store::MemoryStore;
/// use oauth_runtime::{KeyRing, Sessions};
///
/// let sessions = Sessions::new(MemoryStore::new(), KeyRing::generate()?)
///     .lifetime(Duration::from_secs(30 * 24 * 3600))
///     .idle(Duration::from_secs(24 * 3600));
/// # let _ = sessions;
/// # Ok::<(), oauth_runtime::KeyError>(())
/// ```
///
/// A session lasts for 7 days unless [`lifetime`](Self::lifetime) says otherwise. Any number of processes may share the
/// store: it also sees to it that they present a refresh token once ([`RefreshGuard`]).
///
/// # Security
///
/// Logins under way are sealed cookies, as with [`EncryptedCookies`]: a callback is taken once within one process, and by
/// the provider, which takes a code once.
#[derive(Clone)]
pub struct Sessions {
    store: Arc<dyn Store>,
    keys: KeyRing,
    logins: EncryptedCookies,
    lifetime: Duration,
    idle: Option<Duration>,
}

impl Sessions {
    /// Keeps tokens in this store, sealed with these keys.
    #[must_use]
    pub fn new(store: impl Store, keys: KeyRing) -> Self {
        Self {
            store: Arc::new(store),
            logins: EncryptedCookies::new(keys.clone()),
            keys,
            lifetime: WEEK,
            idle: None,
        }
    }

    /// How long a session lasts from the login on, however it is used; a minute at least.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime.max(MINUTE);
        self
    }

    /// Ends a session that nobody has used for so long; a minute at least. Not unless set.
    ///
    /// The store is told of a use when a tenth of that has passed, and not at each request: a session may end as much
    /// earlier.
    #[must_use]
    pub fn idle(mut self, idle: Duration) -> Self {
        self.idle = Some(idle.max(MINUTE));
        self
    }

    /// Ends every session of an account that `on_login` named, in every browser: after a password was changed, or by the
    /// user's wish. Returns how many there were.
    ///
    /// The account's tokens stay good at the provider, and a request that is under way ends as it began.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot be asked; some sessions may have ended.
    pub async fn end_all(&self, instance: &Instance, account: &str) -> Result<usize, StoreError> {
        let mut ended = 0;
        for key in self.store.keys(&account_index(instance, account)).await? {
            ended += usize::from(self.store.remove(&key).await?);
        }
        Ok(ended)
    }

    /// Ends the sessions that a provider's logout names. It is noted last: one that was not done to its end may be told again.
    async fn end(
        &self,
        cx: &Context<'_>,
        logout: &ProviderLogout,
    ) -> Result<Option<Vec<Tokens>>, StoreError> {
        let told = format!("logout:{}", hashed(cx.instance, logout.id().as_bytes()));
        if self.store.load(&told).await?.is_some() {
            return Ok(None);
        }
        let ended = self.end_named(cx, logout).await?;
        let lifetime = logout.expires_at().since(cx.now).max(MINUTE);
        // Of two at once one is the first, unless both have ended something.
        let is_first = self.store.insert(&told, &[], lifetime, &[]).await?;
        Ok((is_first || !ended.is_empty()).then_some(ended))
    }

    async fn end_named(
        &self,
        cx: &Context<'_>,
        logout: &ProviderLogout,
    ) -> Result<Vec<Tokens>, StoreError> {
        let index = match (logout.sid(), logout.subject()) {
            (Some(sid), _) => sid_index(cx.instance, sid),
            (None, Some(subject)) => subject_index(cx.instance, subject),
            (None, None) => return Ok(Vec::new()),
        };
        let mut ended = Vec::new();
        for key in self.store.keys(&index).await? {
            let Some(row) = self.store.load(&key).await? else { continue };
            let tokens = self.open(cx, &key, row.value);
            let of_another = |tokens: &Tokens| {
                let claims = claims::kept(tokens);
                let is_user = |subject| claims.is_some_and(|claims| claims.subject() == subject);
                !logout.subject().is_none_or(is_user)
            };
            if tokens.as_ref().is_some_and(of_another) {
                continue;
            }
            self.store.remove(&key).await?;
            ended.extend(tokens);
        }
        Ok(ended)
    }

    /// The row of this browser; `None` if it has no session, or one that is over.
    async fn row(&self, cx: &Context<'_>) -> Result<Option<(String, Row)>, PersistenceError> {
        let Some(key) = row_of_browser(cx) else { return Ok(None) };
        let row = self.store.load(&key).await.map_err(PersistenceError::unavailable)?;
        Ok(row.map(|row| (key, row)))
    }

    fn open(&self, cx: &Context<'_>, key: &str, value: Vec<u8>) -> Option<Tokens> {
        from_record(self.keys.open_bytes(&place(cx.instance, key), cx.now, value)?.plaintext())
    }

    /// The tokens as the row holds them, and how long it lasts.
    fn seal(
        &self,
        cx: &Context<'_>,
        key: &str,
        tokens: &Tokens,
    ) -> Result<(Vec<u8>, Duration), PersistenceError> {
        let record = SecretBytes::new(to_record(tokens));
        // Renewing a token does not make the session longer.
        let expires_at = tokens.logged_in_at.after(self.lifetime);
        let place = place(cx.instance, key);
        let sealed = self.keys.seal_bytes(&place, expires_at, &record, cx.entropy)?;
        Ok((sealed, self.left(cx, tokens)))
    }

    /// How long a session lasts that is used now.
    fn left(&self, cx: &Context<'_>, tokens: &Tokens) -> Duration {
        let absolute = tokens.logged_in_at.after(self.lifetime).since(cx.now);
        self.idle.map_or(absolute, |idle| idle.min(absolute))
    }

    async fn log_in(
        &self,
        cx: &Context<'_>,
        response: &mut HeaderMap,
        tokens: &Tokens,
    ) -> Result<(), PersistenceError> {
        let mut id = [0; ID_BYTES];
        cx.fill_random(&mut id)?;
        let key = row_key(cx.instance, &id);
        let (value, left) = self.seal(cx, &key, tokens)?;
        let indexes = indexes(cx.instance, tokens);
        let indexes: Vec<&str> = indexes.iter().map(String::as_str).collect();
        let inserted = self.store.insert(&key, &value, left, &indexes).await;
        if !inserted.map_err(PersistenceError::unavailable)? {
            // 256 random bits that were there before are not random.
            return Err(PersistenceError::unavailable("an identifier was given twice"));
        }
        // The session that the browser had is over: its identifier may be known to who put it there.
        if let Some(before) = row_of_browser(cx) {
            self.store.remove(&before).await.map_err(PersistenceError::unavailable)?;
        }
        let seconds = tokens.logged_in_at.after(self.lifetime).since(cx.now).as_secs();
        let attributes = Attributes { secure: cx.instance.secure(), seconds };
        jar::set(response, cx.instance.session_cookie(), &base64url(id), attributes);
        Ok(())
    }

    /// Puts renewed tokens in place of the row's, unless it holds newer ones or the session has ended.
    async fn renew(&self, cx: &Context<'_>, tokens: &Tokens) -> Result<(), PersistenceError> {
        for _ in 0..MOST_TRIES {
            let Some((key, row)) = self.row(cx).await? else { return Ok(()) };
            let kept = self.open(cx, &key, row.value);
            if !kept.is_some_and(|kept| tokens.is_later_than(&kept)) {
                return Ok(());
            }
            let (value, left) = self.seal(cx, &key, tokens)?;
            let step = self.store.replace(&key, row.version, &value, left, None).await;
            match step.map_err(PersistenceError::unavailable)? {
                Replaced::Yes(_) | Replaced::Gone => return Ok(()),
                Replaced::Stale | Replaced::NotOwner => {}
            }
        }
        Err(PersistenceError::unavailable("the session changes faster than it can be written"))
    }

    async fn find(&self, cx: &Context<'_>) -> Result<Option<Tokens>, PersistenceError> {
        let Some((key, row)) = self.row(cx).await? else { return Ok(None) };
        let Some(tokens) = self.open(cx, &key, row.value) else { return Ok(None) };
        let left = self.left(cx, &tokens);
        if left.is_zero() {
            return Ok(None);
        }
        if self.idle.is_some_and(|idle| row.left.saturating_add(idle / 10) < left) {
            self.store.touch(&key, left).await.map_err(PersistenceError::unavailable)?;
        }
        Ok(Some(tokens))
    }

    async fn log_out(
        &self,
        cx: &Context<'_>,
        response: &mut HeaderMap,
    ) -> Result<(), PersistenceError> {
        if let Some(key) = row_of_browser(cx) {
            self.store.remove(&key).await.map_err(PersistenceError::unavailable)?;
        }
        self.logins.forget(cx, response).await
    }
}

/// The key of the row that the browser's cookie names.
fn row_of_browser(cx: &Context<'_>) -> Option<String> {
    let value = jar::single(&cx.request.headers, cx.instance.session_cookie())?;
    let id: [u8; ID_BYTES] = from_base64url(value)?.try_into().ok()?;
    Some(row_key(cx.instance, &id))
}

/// What the store knows of an identifier is its hash.
fn row_key(instance: &Instance, id: &[u8; ID_BYTES]) -> String {
    format!("session:{}", hashed(instance, id))
}

/// What a session is found by without its cookie: the account, and what the provider's logout names.
fn indexes(instance: &Instance, tokens: &Tokens) -> Vec<String> {
    let account = tokens.account().map(|account| account_index(instance, account));
    let claims = claims::kept(tokens);
    let subject = claims.as_ref().map(|claims| subject_index(instance, claims.subject()));
    let sid = claims.as_ref().and_then(|claims| claims.sid());
    let sid = sid.map(|sid| sid_index(instance, sid));
    account.into_iter().chain(subject).chain(sid).collect()
}

fn subject_index(instance: &Instance, subject: &str) -> String {
    format!("subject:{}", hashed(instance, subject.as_bytes()))
}

fn sid_index(instance: &Instance, sid: &str) -> String {
    format!("sid:{}", hashed(instance, sid.as_bytes()))
}

fn account_index(instance: &Instance, account: &str) -> String {
    format!("account:{}", hashed(instance, account.as_bytes()))
}

fn hashed(instance: &Instance, secret: &[u8]) -> String {
    base64url(sha256(&[instance.context(), &[0], secret].concat()))
}

fn place<'a>(instance: &'a Instance, key: &'a str) -> Place<'a> {
    Place { purpose: Purpose::Row, name: key, context: instance.context() }
}

const ID_BYTES: usize = 32;

/// More writers than that at one row at one instant are not of one session.
const MOST_TRIES: usize = 8;

const MINUTE: Duration = Duration::from_secs(60);

const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl OAuthPersistence for Sessions {
    fn begin<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.logins.begin(cx, response, login)
    }

    fn take<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        self.logins.take(cx, response, state)
    }

    fn store_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(self.log_in(cx, response, tokens))
    }

    fn renew_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(self.renew(cx, tokens))
    }

    fn tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        Box::pin(self.find(cx))
    }

    fn forget<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(self.log_out(cx, response))
    }

    fn park_response<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        key: &'a str,
        params: &'a str,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.logins.park_response(cx, response, key, params)
    }

    fn parked_response<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, PersistenceError>> {
        self.logins.parked_response(cx, response, key)
    }

    fn end_sessions<'a>(
        &'a self,
        cx: &'a Context<'a>,
        logout: &'a ProviderLogout,
    ) -> BoxFuture<'a, Result<Option<Vec<Tokens>>, PersistenceError>> {
        Box::pin(async { self.end(cx, logout).await.map_err(PersistenceError::unavailable) })
    }

    fn refresh_guard(&self) -> Option<RefreshGuard> {
        let guard = RefreshGuard::in_store(Arc::clone(&self.store), self.keys.clone());
        Some(guard.lifetime(self.lifetime))
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions")
            .field("lifetime", &self.lifetime)
            .field("idle", &self.idle)
            .finish_non_exhaustive()
    }
}
