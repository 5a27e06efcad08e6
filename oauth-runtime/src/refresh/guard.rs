//! Whose turn it is to present a refresh token, among all processes of an application.
//!
//! For each login that is renewed the store has one row, which is the truth about what its tokens were renewed to; what a
//! cookie, a session or an account holds may be older, and is brought forward when somebody comes with it.
//!
//! | the row says | what a process does that holds expired tokens |
//! | --- | --- |
//! | nothing, or the tokens that it holds | gets the lease, presents the refresh token, commits, gives the lease back |
//! | later tokens | takes these |
//! | that it did not work | waits until the next try is worth it |
//! | that the login has ended | presents nothing |
//!
//! Who holds the lease goes on holding it while the server thinks, however long. If a holder dies, its lease is over after
//! a while, and the next one presents the refresh token once more: nobody can know whether the server has taken it.
//! A commit needs the lease and the version that were acquired; a logout asks for neither, and whoever commits after it is
//! told so.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{Instant, sleep};
use tracing::warn;

use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::instance::Instance;
use crate::refresh::hold::{HeldLease, Hold};
use crate::refresh::login_row::LoginRow;
use crate::refresh::logins::{Found, Logins};
use crate::refresh::times::{LONGEST_PAUSE, SHORTEST_PAUSE};
use crate::seal::KeyRing;
use crate::store::{Acquired, Lease, Owner, Replaced, Store, StoreError};
use crate::token::Tokens;

/// Sees to it that a refresh token is presented once, however many callers want its successor.
///
/// A persistence says by [`OAuthPersistence::refresh_guard`](crate::OAuthPersistence::refresh_guard) which one protects its
/// tokens. The shipped ones make it themselves; make one for a persistence of yours.
///
/// ```
/// use oauth_runtime::store::MemoryStore;
/// use oauth_runtime::{KeyRing, RefreshGuard};
///
/// let one_process = RefreshGuard::in_process();
/// let many = RefreshGuard::in_store(MemoryStore::new(), KeyRing::generate()?);
/// # let _ = (one_process, many);
/// # Ok::<(), oauth_runtime::KeyError>(())
/// ```
#[derive(Clone)]
pub struct RefreshGuard {
    shared: Option<(Arc<dyn Store>, KeyRing)>,
    lifetime: Duration,
    /// That of tokens which are an account's too.
    of_accounts: Duration,
    lease: Duration,
}

impl RefreshGuard {
    /// For an application that one process serves.
    ///
    /// # Security
    ///
    /// With two, both present the same refresh token sooner or later, and a provider that rotates takes the second use for
    /// theft: the user is logged out everywhere.
    #[must_use]
    pub fn in_process() -> Self {
        Self { shared: None, lifetime: MONTH, of_accounts: Duration::ZERO, lease: LEASE }
    }

    /// For any number of processes that share this store.
    ///
    /// It holds one row for each login that was renewed, sealed with these keys: the newest tokens, of which the persistence
    /// may still have older ones. All processes must be given the same store and keys.
    #[must_use]
    pub fn in_store(store: impl Store, keys: KeyRing) -> Self {
        Self { shared: Some((Arc::new(store), keys)), ..Self::in_process() }
    }

    /// For how long after a renewal somebody may come with tokens that it replaced; 30 days unless set, a minute at least.
    /// As long as your persistence keeps tokens.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime.max(MINUTE);
        self
    }

    /// How long after the death of a process that was renewing a token another one tries; 15 seconds unless set, a second at
    /// least and an hour at most. It does not bound how long the provider may take: who is alive goes on holding its lease.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease.clamp(Duration::from_secs(1), HOUR);
        self
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    /// The stronger of this guard and that of the accounts, for as long as the tokens of either last.
    pub(crate) fn and(self, of_accounts: Self) -> Self {
        let lifetimes = (self.lifetime, of_accounts.lifetime);
        let stronger = if self.is_shared() { self } else { of_accounts };
        Self { lifetime: lifetimes.0, of_accounts: lifetimes.1, ..stronger }
    }

    /// The guard of one provider's tokens.
    pub(crate) fn of(
        self,
        instance: &Instance,
        clock: &Arc<dyn Clock>,
        entropy: &Arc<dyn Entropy>,
    ) -> Guard {
        let logins = self.shared.map(|(store, keys)| {
            Arc::new(Logins {
                store,
                keys,
                lifetime: self.lifetime,
                of_accounts: self.of_accounts,
                lease: self.lease,
                instance: instance.clone(),
                clock: Arc::clone(clock),
                entropy: Arc::clone(entropy),
                given: Mutex::default(),
            })
        });
        Guard(logins)
    }
}

impl fmt::Debug for RefreshGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshGuard")
            .field("in_store", &self.shared.is_some())
            .field("lifetime", &self.lifetime)
            .field("lease", &self.lease)
            .finish()
    }
}

/// The guard of one provider's tokens: that of the process alone where there is no store.
pub(crate) struct Guard(Option<Arc<Logins>>);

/// Who may present the refresh token of the tokens that a process holds.
pub(crate) enum Turn {
    /// This process, and no other until it lets go.
    Ours(Hold),
    /// Nobody: they were renewed to these.
    Newer(Arc<Tokens>),
    /// Nobody: the login has ended.
    Ended,
    /// Nobody: the login has ended before the store took what the server had given, which is to be given back.
    LoggedOut(Arc<Tokens>),
    /// Nobody now: it did not work, or another process takes very long.
    Later {
        /// When it is worth another try.
        retry_after: Duration,
    },
}

impl Guard {
    /// Whose turn it is. Waits while another process has it.
    pub(crate) async fn turn(&self, held: &Arc<Tokens>) -> Result<Turn, StoreError> {
        let Some(logins) = &self.0 else { return Ok(Turn::Ours(Hold::of_process())) };
        let key = logins.key(held.login);
        let give_up = Instant::now() + (logins.lease * 2).max(PATIENCE);
        let mut pause = SHORTEST_PAUSE;
        while Instant::now() < give_up {
            let Some(found) = logins.find(&key).await? else {
                logins.insert(&key, &LoginRow::active(held)).await?;
                continue;
            };
            let (attempts, given) = match look(logins, held, &found.row) {
                Look::Free { attempts } => (attempts, None),
                Look::Given(tokens) => (0, Some(tokens)),
                Look::Behind => {
                    let row = LoginRow::active(held);
                    logins.replace(&key, found.version, &row, None).await?;
                    continue;
                }
                Look::Settled(turn) => return Ok(turn),
            };
            if found.lease == Lease::Held {
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            } else if let Some(lease) = acquire(logins, &key, &found).await? {
                let hold = Hold::new(lease, attempts, given);
                return Ok(Turn::Ours(hold));
            }
        }
        Ok(Turn::Later { retry_after: Duration::from_secs(1) })
    }

    /// Ends a login for all processes: whoever is renewing its tokens learns of it. Returns the newest tokens that there
    /// were.
    pub(crate) async fn end(&self, held: &Arc<Tokens>) -> Result<Arc<Tokens>, StoreError> {
        let Some(logins) = &self.0 else { return Ok(Arc::clone(held)) };
        let key = logins.key(held.login);
        for _ in 0..MOST_TRIES {
            let (is_done, known) = match logins.find(&key).await? {
                None => (logins.insert(&key, &LoginRow::Ended).await?, None),
                Some(Found { row: LoginRow::Ended, .. }) => (true, None),
                Some(Found { row: LoginRow::Active { tokens, .. }, version, .. }) => {
                    let step = logins.replace(&key, version, &LoginRow::Ended, None).await?;
                    (matches!(step, Replaced::Yes(_)), Some(tokens))
                }
            };
            if is_done {
                let newest = newer(Arc::clone(held), logins.forget(held.login));
                return Ok(newer(newest, known));
            }
        }
        Err(StoreError::unavailable("a login changes faster than it can be ended"))
    }

    /// The tokens, or what this process was given for them and the store has not taken.
    pub(crate) fn newest_given(&self, held: Arc<Tokens>) -> Arc<Tokens> {
        let given = self.0.as_ref().and_then(|logins| logins.unsettled(held.login));
        newer(held, given)
    }
}

/// What a row says to a process that holds tokens.
enum Look {
    /// Whoever gets the lease presents the refresh token.
    Free { attempts: u32 },
    /// This process was given what the row should hold: it is committed, whoever comes and whatever else has failed.
    Given(Arc<Tokens>),
    /// The store has forgotten a commit, or the tokens were renewed without it.
    Behind,
    /// Nobody presents anything.
    Settled(Turn),
}

fn look(logins: &Logins, held: &Tokens, row: &LoginRow) -> Look {
    let LoginRow::Active { tokens, cooling } = row else {
        let given = logins.forget(held.login).filter(|given| given.is_later_than(held));
        return Look::Settled(given.map_or(Turn::Ended, Turn::LoggedOut));
    };
    logins.settle(tokens);
    if let Some(given) = logins.unsettled(held.login) {
        return Look::Given(given);
    }
    if tokens.is_later_than(held) {
        return Look::Settled(Turn::Newer(Arc::clone(tokens)));
    }
    if held.is_later_than(tokens) {
        return Look::Behind;
    }
    let Some(cooling) = cooling else { return Look::Free { attempts: 0 } };
    let now = logins.clock.now();
    if now >= cooling.retry_at {
        return Look::Free { attempts: cooling.attempts };
    }
    // A clock that is slow waits no longer for it.
    let retry_after = cooling.retry_at.since(now).min(cooling.wait);
    Look::Settled(Turn::Later { retry_after })
}

/// The tokens of a login that are the newest.
fn newer(one: Arc<Tokens>, other: Option<Arc<Tokens>>) -> Arc<Tokens> {
    other.filter(|other| other.is_later_than(&one)).unwrap_or(one)
}

/// The lease, unless another process was faster, or the row has changed.
async fn acquire(
    logins: &Arc<Logins>,
    key: &str,
    found: &Found,
) -> Result<Option<HeldLease>, StoreError> {
    let owner = Owner::random(&*logins.entropy).map_err(StoreError::unavailable)?;
    let from = Instant::now();
    let acquired = logins.store.acquire(key, found.version, &owner, logins.lease).await?;
    let Acquired::Yes { recovered } = acquired else { return Ok(None) };
    if recovered {
        warn!("a process that was renewing a token is gone: the refresh token is presented again");
    }
    Ok(Some(HeldLease {
        logins: Arc::clone(logins),
        key: key.to_owned(),
        version: found.version,
        owner,
        until: from + logins.lease,
    }))
}

const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const LEASE: Duration = Duration::from_secs(15);

/// How long the turn of another process is waited for at least.
const PATIENCE: Duration = Duration::from_secs(60);

/// More writers than that at one login at one instant are not of one application.
const MOST_TRIES: usize = 16;
