//! The tokens of the application's accounts, for work without a request at hand.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::token::Tokens;

/// Keeps the tokens of each account that `on_login` names.
///
/// A clone is the same set. Give each provider of an application a set of its own.
#[derive(Clone, Default)]
pub struct Accounts(Arc<Mutex<HashMap<String, Arc<Tokens>>>>);

impl Accounts {
    /// Accounts in the memory of this process: gone with it.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// Keeps the tokens of a login in place of what was kept for the account.
    pub(crate) fn insert(&self, tokens: &Arc<Tokens>) {
        if let Some(account) = tokens.account() {
            self.accounts().insert(account.to_owned(), Arc::clone(tokens));
        }
    }

    /// Keeps renewed tokens, unless the account has had a login of its own meanwhile.
    pub(crate) fn update(&self, tokens: &Arc<Tokens>) {
        let mut accounts = self.accounts();
        if let Some(kept) = tokens.account().and_then(|account| accounts.get_mut(account))
            && tokens.is_later_than(kept)
        {
            *kept = Arc::clone(tokens);
        }
    }

    /// Forgets an account whose refresh token is dead, unless it has another one meanwhile.
    pub(crate) fn reject(&self, tokens: &Tokens) {
        let mut accounts = self.accounts();
        if let Some(account) = tokens.account()
            && accounts
                .get(account)
                .is_some_and(|kept| kept.refresh_token() == tokens.refresh_token())
        {
            accounts.remove(account);
        }
    }

    /// What is kept for an account if it came of the same login; it is forgotten if the account is disconnected.
    pub(crate) fn of_one_login(
        &self,
        account: &str,
        tokens: &Tokens,
        disconnect: bool,
    ) -> Option<Arc<Tokens>> {
        let mut accounts = self.accounts();
        let kept = accounts.get(account).filter(|kept| kept.is_of_one_login(tokens)).cloned()?;
        if disconnect {
            accounts.remove(account);
        }
        Some(kept)
    }

    /// Forgets an account; its next job ends with `ApiError::Reconnect`.
    pub fn forget(&self, account: &str) {
        self.accounts().remove(account);
    }

    pub(crate) fn get(&self, account: &str) -> Option<Arc<Tokens>> {
        self.accounts().get(account).cloned()
    }

    fn accounts(&self) -> MutexGuard<'_, HashMap<String, Arc<Tokens>>> {
        // Nothing that can panic is done while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Accounts({} kept)", self.accounts().len())
    }
}
