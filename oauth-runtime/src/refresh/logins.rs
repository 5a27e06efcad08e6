//! The rows of logins in a store: sealed, each for its key and its version.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Clock;
use crate::crypto::sha256;
use crate::encoding::base64url;
use crate::entropy::Entropy;
use crate::instance::Instance;
use crate::refresh::login_row::{self, LoginRow};
use crate::refresh::times::TOMBSTONE;
use crate::seal::KeyRing;
use crate::store::{Lease, Owner, Replaced, Store, StoreError, Version};
use crate::token::{LoginId, Tokens};

/// The rows of one provider's logins.
pub(crate) struct Logins {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) keys: KeyRing,
    /// How long a row lasts after its tokens were renewed.
    pub(crate) lifetime: Duration,
    pub(crate) of_accounts: Duration,
    pub(crate) lease: Duration,
    pub(crate) instance: Instance,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// What the server gave and the store did not take: it is committed at the next turn, before anything is presented.
    pub(crate) given: Mutex<HashMap<LoginId, Arc<Tokens>>>,
}

/// A row as it stands.
pub(crate) struct Found {
    pub(crate) version: Version,
    pub(crate) lease: Lease,
    pub(crate) row: LoginRow,
}

impl Logins {
    /// What the store knows of a login is a hash.
    pub(crate) fn key(&self, login: LoginId) -> String {
        let hash = sha256(&[self.instance.context(), &[0], login.as_bytes()].concat());
        format!("login:{}", base64url(hash))
    }

    pub(crate) async fn find(&self, key: &str) -> Result<Option<Found>, StoreError> {
        let Some(found) = self.store.load(key).await? else { return Ok(None) };
        let row = login_row::open(&self.keys, &self.instance, key, found.version, found.value)?;
        Ok(Some(Found { version: found.version, lease: found.lease, row }))
    }

    /// False if there is a row already.
    pub(crate) async fn insert(&self, key: &str, row: &LoginRow) -> Result<bool, StoreError> {
        let value = self.seal(key, 1, row)?;
        self.store.insert(key, &value, self.lifetime_of(row), &[]).await
    }

    pub(crate) async fn replace(
        &self,
        key: &str,
        version: Version,
        row: &LoginRow,
        owner: Option<&Owner>,
    ) -> Result<Replaced, StoreError> {
        let value = self.seal(key, version + 1, row)?;
        self.store.replace(key, version, &value, self.lifetime_of(row), owner).await
    }

    /// Remembers in this process what the server gave, until the store has taken it.
    pub(crate) fn remember(&self, tokens: &Arc<Tokens>) {
        let mut given = self.given();
        let newest = given.get(&tokens.login).is_none_or(|known| tokens.is_later_than(known));
        // Only a store that is down for long fills it.
        let room = given.len() < MOST_UNSETTLED || given.contains_key(&tokens.login);
        if newest && room {
            given.insert(tokens.login, Arc::clone(tokens));
        }
    }

    /// What the server gave and the store has not taken.
    pub(crate) fn unsettled(&self, login: LoginId) -> Option<Arc<Tokens>> {
        self.given().get(&login).cloned()
    }

    /// The store has these: what is not later than they is forgotten here.
    pub(crate) fn settle(&self, tokens: &Tokens) {
        let mut given = self.given();
        if given.get(&tokens.login).is_some_and(|known| !known.is_later_than(tokens)) {
            given.remove(&tokens.login);
        }
    }

    /// The login has ended: what the server gave is nobody's.
    pub(crate) fn forget(&self, login: LoginId) -> Option<Arc<Tokens>> {
        self.given().remove(&login)
    }

    fn lifetime_of(&self, row: &LoginRow) -> Duration {
        match row {
            LoginRow::Active { tokens, .. } if tokens.account().is_some() => {
                self.lifetime.max(self.of_accounts)
            }
            LoginRow::Active { .. } => self.lifetime,
            LoginRow::Ended => TOMBSTONE,
        }
    }

    fn seal(&self, key: &str, version: Version, row: &LoginRow) -> Result<Vec<u8>, StoreError> {
        let sealed = login_row::seal(&self.keys, &self.instance, key, version, row, &*self.entropy);
        sealed.map_err(StoreError::unavailable)
    }

    fn given(&self) -> MutexGuard<'_, HashMap<LoginId, Arc<Tokens>>> {
        // Nothing that can panic is done while the lock is held.
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const MOST_UNSETTLED: usize = 10_000;
