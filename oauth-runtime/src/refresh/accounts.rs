//! The tokens of the application's accounts, for work without a request at hand.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::crypto::sha256;
use crate::encoding::base64url;
use crate::instance::Instance;
use crate::refresh::guard::RefreshGuard;
use crate::seal::{KeyError, KeyRing};
use crate::store::{MemoryStore, Replaced, Row, Store, StoreError, Version};
use crate::token::Tokens;

/// Keeps the tokens of each account that `on_login` names, for [`OAuth::client_for`](crate::OAuth::client_for).
///
/// With a store that several processes share, a job on any of them may act for an account. It also sees to it that they, and
/// the browsers of the same login, present a refresh token once ([`RefreshGuard`]): give it the same store as the
/// persistence. One set serves all providers of an application.
///
/// ```
/// use oauth_runtime::store::MemoryStore;
/// use oauth_runtime::{Accounts, KeyRing};
///
/// let accounts = Accounts::in_store(MemoryStore::new(), KeyRing::generate()?);
/// # let _ = accounts;
/// # Ok::<(), oauth_runtime::KeyError>(())
/// ```
#[derive(Clone)]
pub struct Accounts {
    store: Arc<dyn Store>,
    keys: KeyRing,
    lifetime: Duration,
    /// Whether the application chose the store: another process may have it too.
    is_shared: bool,
}

impl Accounts {
    /// Accounts in the memory of this process: gone with it.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if the system gives no random bytes.
    pub fn in_memory() -> Result<Self, KeyError> {
        let accounts = Self::in_store(MemoryStore::new(), KeyRing::generate()?);
        Ok(Self { is_shared: false, ..accounts })
    }

    /// Accounts in a store, sealed with these keys.
    #[must_use]
    pub fn in_store(store: impl Store, keys: KeyRing) -> Self {
        Self { store: Arc::new(store), keys, lifetime: YEAR, is_shared: true }
    }

    /// How long an account is kept that nobody has logged in with, and whose token nobody has renewed; a year unless set, a
    /// minute at least.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime.max(MINUTE);
        self
    }

    /// Forgets an account; its next job ends with `ApiError::Reconnect`. Its tokens stay good at the provider.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot be asked.
    pub async fn forget(&self, instance: &Instance, account: &str) -> Result<(), StoreError> {
        self.store.remove(&row_key(instance, account)).await.map(drop)
    }

    /// What protects these tokens, and those of the browsers with them.
    pub(crate) fn refresh_guard(&self) -> RefreshGuard {
        let guard = RefreshGuard::in_store(Arc::clone(&self.store), self.keys.clone());
        guard.lifetime(self.lifetime)
    }

    /// Whether that protects them from other processes.
    pub(crate) fn is_shared(&self) -> bool {
        self.is_shared
    }

    pub(crate) async fn get(
        &self,
        instance: &Instance,
        account: &str,
    ) -> Result<Option<Arc<Tokens>>, StoreError> {
        let kept = self.load(instance, &row_key(instance, account)).await?;
        Ok(kept.and_then(|(_, tokens)| tokens))
    }

    /// Keeps the tokens of a login in place of what was kept for the account.
    pub(crate) async fn insert(
        &self,
        instance: &Instance,
        tokens: &Tokens,
    ) -> Result<(), StoreError> {
        self.put(instance, tokens, |_| true).await
    }

    /// Keeps renewed tokens, unless the account has had a login of its own meanwhile, or was forgotten.
    pub(crate) async fn update(
        &self,
        instance: &Instance,
        tokens: &Tokens,
    ) -> Result<(), StoreError> {
        let is_newer = |kept: Option<&Tokens>| kept.is_some_and(|kept| tokens.is_later_than(kept));
        self.put(instance, tokens, is_newer).await
    }

    /// Forgets an account whose refresh token is dead, unless it has another one meanwhile.
    pub(crate) async fn reject(
        &self,
        instance: &Instance,
        tokens: &Tokens,
    ) -> Result<(), StoreError> {
        let Some(account) = tokens.account() else { return Ok(()) };
        let key = row_key(instance, account);
        let Some((version, Some(kept))) = self.load(instance, &key).await? else { return Ok(()) };
        if kept.refresh_token() == tokens.refresh_token() {
            self.store.replace(&key, version, &[], GONE, None).await?;
        }
        Ok(())
    }

    /// What is kept for an account if it came of the same login; it is forgotten if the account is disconnected.
    pub(crate) async fn of_one_login(
        &self,
        instance: &Instance,
        tokens: &Tokens,
        disconnect: bool,
    ) -> Result<Option<Arc<Tokens>>, StoreError> {
        let Some(account) = tokens.account() else { return Ok(None) };
        let key = row_key(instance, account);
        for _ in 0..MOST_TRIES {
            let kept = self.load(instance, &key).await?;
            let Some((version, Some(kept))) = kept else { return Ok(None) };
            if !kept.is_of_one_login(tokens) {
                return Ok(None);
            }
            if !disconnect {
                return Ok(Some(kept));
            }
            let step = self.store.replace(&key, version, &[], GONE, None).await?;
            // A renewal may have come in between.
            if matches!(step, Replaced::Yes(_) | Replaced::Gone) {
                return Ok(Some(kept));
            }
        }
        Err(too_fast())
    }

    async fn put(
        &self,
        instance: &Instance,
        tokens: &Tokens,
        may: impl Fn(Option<&Tokens>) -> bool,
    ) -> Result<(), StoreError> {
        let Some(account) = tokens.account() else { return Ok(()) };
        let key = row_key(instance, account);
        for _ in 0..MOST_TRIES {
            let kept = self.load(instance, &key).await?;
            if !may(kept.as_ref().and_then(|(_, tokens)| tokens.as_deref())) {
                return Ok(());
            }
            let value = tokens.seal(&self.keys, instance, &key).map_err(StoreError::unavailable)?;
            let value = value.as_bytes();
            let done = match kept {
                None => self.store.insert(&key, value, self.lifetime, &[]).await?,
                Some((version, _)) => {
                    let step = self.store.replace(&key, version, value, self.lifetime, None);
                    matches!(step.await?, Replaced::Yes(_))
                }
            };
            if done {
                return Ok(());
            }
        }
        Err(too_fast())
    }

    /// The version of an account's row, and its tokens, unless they were sealed with other keys.
    async fn load(
        &self,
        instance: &Instance,
        key: &str,
    ) -> Result<Option<(Version, Option<Arc<Tokens>>)>, StoreError> {
        let row = self.store.load(key).await?;
        Ok(row.map(|row| (row.version, self.open(instance, key, &row))))
    }

    fn open(&self, instance: &Instance, key: &str, row: &Row) -> Option<Arc<Tokens>> {
        let sealed = std::str::from_utf8(&row.value).ok()?;
        Tokens::open(&self.keys, instance, key, sealed).map(Arc::new)
    }
}

fn too_fast() -> StoreError {
    StoreError::unavailable("an account changes faster than it can be written")
}

/// What the store knows of an account's name is its hash.
fn row_key(instance: &Instance, account: &str) -> String {
    let hash = sha256(&[instance.context(), &[0], account.as_bytes()].concat());
    format!("tokens:{}", base64url(hash))
}

const MINUTE: Duration = Duration::from_secs(60);
const YEAR: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// How long a row is still there that says nothing any more: a removal asks for no version.
const GONE: Duration = Duration::from_secs(1);

/// More writers than that at one account at one instant are not of one application.
const MOST_TRIES: usize = 16;

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accounts").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}
