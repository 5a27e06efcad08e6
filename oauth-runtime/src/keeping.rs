//! What an application remembers its users with, from what it has set and what follows from it.

use std::sync::Arc;
use std::time::Duration;

use crate::persistence::OAuthPersistence;
use crate::persistence::sessions::Sessions;
use crate::refresh::accounts::Accounts;
use crate::refresh::guard::RefreshGuard;
use crate::seal::KeyRing;
use crate::store::Store;

/// What the application has set.
#[derive(Default)]
pub(crate) struct Keeping {
    pub(crate) persistence: Option<Arc<dyn OAuthPersistence>>,
    pub(crate) accounts: Option<Accounts>,
    pub(crate) store: Option<(Arc<dyn Store>, KeyRing)>,
    pub(crate) refresh_lease: Option<Duration>,
}

/// What it remembers with.
pub(crate) struct Kept {
    pub(crate) persistence: Option<Arc<dyn OAuthPersistence>>,
    pub(crate) accounts: Option<Accounts>,
    /// What sees to it that a refresh token is presented once, if anything does.
    pub(crate) guard: Option<RefreshGuard>,
    /// Whether two processes of the application cannot present one refresh token, or the application says that it is one.
    pub(crate) is_guarded: bool,
}

impl Keeping {
    pub(crate) fn settle(self) -> Kept {
        let (mut persistence, mut accounts) = (self.persistence, self.accounts);
        if let Some((store, keys)) = self.store {
            let sessions = || Arc::new(Sessions::new(Arc::clone(&store), keys.clone())) as _;
            persistence = Some(persistence.unwrap_or_else(sessions));
            accounts = Some(accounts.unwrap_or_else(|| Accounts::in_store(store, keys)));
        }
        let of_browsers = persistence.as_ref().and_then(OAuthPersistence::refresh_guard);
        let of_accounts = accounts.as_ref().map(Accounts::refresh_guard);
        let is_guarded =
            of_browsers.is_some() || accounts.as_ref().is_some_and(Accounts::is_shared);
        let guard = match (of_browsers, of_accounts) {
            (Some(of_browsers), Some(of_accounts)) => Some(of_browsers.and(of_accounts)),
            (of_browsers, of_accounts) => of_browsers.or(of_accounts),
        };
        let guard = guard.map(|guard| match self.refresh_lease {
            Some(lease) => guard.lease(lease),
            None => guard,
        });
        Kept { persistence, accounts, guard, is_guarded }
    }
}
