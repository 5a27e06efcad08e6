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

use std::collections::HashMap;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use tracing::{debug, warn};

use crate::clock::{Clock, Timestamp};
use crate::crypto::sha256;
use crate::encoding::base64url;
use crate::entropy::Entropy;
use crate::error::causes;
use crate::instance::Instance;
use crate::refresh::login_row::{self, LoginRow};
use crate::refresh::{FIRST_BACKOFF, MOST_BACKOFF, TOMBSTONE};
use crate::seal::KeyRing;
use crate::store::{Acquired, Lease, Owner, Replaced, Store, StoreError, Version};
use crate::token::{LoginId, Tokens};

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
        Self { shared: None, lifetime: MONTH, lease: LEASE }
    }

    /// For any number of processes that share this store.
    ///
    /// It holds one row for each login that was renewed, sealed with these keys: the newest tokens, of which the persistence
    /// may still have older ones. All processes must be given the same store and keys.
    #[must_use]
    pub fn in_store(store: impl Store, keys: KeyRing) -> Self {
        Self { shared: Some((Arc::new(store), keys)), lifetime: MONTH, lease: LEASE }
    }

    /// For how long after a renewal somebody may come with tokens that it replaced; 30 days unless set, a minute at least.
    /// As long as your persistence keeps tokens.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime.max(MINUTE);
        self
    }

    /// How long after the death of a process that was renewing a token another one tries; 15 seconds unless set, a second at
    /// least. It does not bound how long the provider may take: who is alive goes on holding its lease.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease.max(Duration::from_secs(1));
        self
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    /// The stronger of two guards, for as long as the tokens of either last.
    pub(crate) fn and(self, other: Self) -> Self {
        let lifetime = self.lifetime.max(other.lifetime);
        let stronger = if self.is_shared() { self } else { other };
        Self { lifetime, ..stronger }
    }

    /// The guard of one provider's tokens.
    pub(crate) fn of(
        self,
        instance: &Instance,
        clock: &Arc<dyn Clock>,
        entropy: &Arc<dyn Entropy>,
    ) -> Guard {
        let rows = self.shared.map(|(store, keys)| {
            Arc::new(Rows {
                store,
                keys,
                lifetime: self.lifetime,
                lease: self.lease,
                instance: instance.clone(),
                clock: Arc::clone(clock),
                entropy: Arc::clone(entropy),
                unsettled: Mutex::default(),
            })
        });
        Guard(rows)
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
pub(crate) struct Guard(Option<Arc<Rows>>);

/// The rows of logins in a store.
struct Rows {
    store: Arc<dyn Store>,
    keys: KeyRing,
    lifetime: Duration,
    lease: Duration,
    instance: Instance,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    /// What the server gave and the store did not take: it is committed at the next turn, before anything is presented.
    unsettled: Mutex<HashMap<LoginId, Arc<Tokens>>>,
}

/// Who may present the refresh token of the tokens that a process holds.
pub(crate) enum Turn {
    /// This process, and no other until it lets go.
    Ours(Hold),
    /// Nobody: they were renewed to these.
    Newer(Arc<Tokens>),
    /// Nobody: the login has ended.
    Ended,
    /// Nobody now: it did not work, or another process takes very long.
    Later {
        /// When it is worth another try.
        retry_after: Duration,
    },
}

/// What became of tokens that were to be committed.
pub(crate) enum Committed {
    /// They are what everybody gets.
    Yes,
    /// The login has ended meanwhile: they are nobody's.
    Ended,
    /// The lease was over, and another process has gone on: the row is to be asked again.
    Overtaken,
}

impl Guard {
    /// Whose turn it is. Waits while another process has it.
    pub(crate) async fn turn(&self, held: &Arc<Tokens>) -> Result<Turn, StoreError> {
        match &self.0 {
            Some(rows) => rows.turn(held).await,
            None => Ok(Turn::Ours(Hold { lease: None, attempts: 0, unsettled: None })),
        }
    }

    /// Ends a login for all processes: whoever is renewing its tokens learns of it. Returns the newest tokens that there
    /// were.
    pub(crate) async fn end(&self, held: &Arc<Tokens>) -> Result<Arc<Tokens>, StoreError> {
        match &self.0 {
            Some(rows) => rows.end(held).await,
            None => Ok(Arc::clone(held)),
        }
    }
}

impl Rows {
    async fn turn(self: &Arc<Self>, held: &Arc<Tokens>) -> Result<Turn, StoreError> {
        let key = self.key(held.login);
        let give_up = Instant::now() + (self.lease * 2).max(PATIENCE);
        let mut pause = SHORTEST_PAUSE;
        while Instant::now() < give_up {
            let Some(row) = self.store.load(&key).await? else {
                let first = self.seal(&key, 1, &LoginRow::active(held))?;
                self.store.insert(&key, first.as_bytes(), self.lifetime, &[]).await?;
                continue;
            };
            let known = self.open(&key, row.version, &row.value)?;
            let attempts = match &known {
                LoginRow::Ended => {
                    self.unsettled().remove(&held.login);
                    return Ok(Turn::Ended);
                }
                LoginRow::Active { tokens, .. } if tokens.is_later_than(held) => {
                    self.unsettled().remove(&held.login);
                    return Ok(Turn::Newer(Arc::clone(tokens)));
                }
                LoginRow::Active { tokens, .. } if held.is_later_than(tokens) => {
                    // The store has forgotten a commit, or the tokens were renewed without it.
                    self.replace(&key, row.version, &LoginRow::active(held), None).await?;
                    continue;
                }
                LoginRow::Active { cooling: Some(cooling), .. } => {
                    let now = self.clock.now();
                    if now < cooling.retry_at {
                        let retry_after = cooling.retry_at.since(now).min(cooling.wait);
                        return Ok(Turn::Later { retry_after });
                    }
                    cooling.attempts
                }
                LoginRow::Active { cooling: None, .. } => 0,
            };
            if row.lease == Lease::Held {
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
                continue;
            }
            let owner = Owner::random(&*self.entropy).map_err(StoreError::unavailable)?;
            let from = Instant::now();
            match self.store.acquire(&key, row.version, &owner, self.lease).await? {
                Acquired::Yes { recovered } => {
                    if recovered {
                        warn!(
                            "a process that was renewing a token has gone: it is presented again"
                        );
                    }
                    let lease = HeldLease {
                        rows: Arc::clone(self),
                        key,
                        version: row.version,
                        owner,
                        until: from + self.lease,
                    };
                    let unsettled = self.unsettled().get(&held.login).cloned();
                    let unsettled = unsettled.filter(|tokens| tokens.is_later_than(held));
                    return Ok(Turn::Ours(Hold { lease: Some(lease), attempts, unsettled }));
                }
                Acquired::Held | Acquired::Stale | Acquired::Gone => {}
            }
        }
        Ok(Turn::Later { retry_after: Duration::from_secs(1) })
    }

    async fn end(&self, held: &Arc<Tokens>) -> Result<Arc<Tokens>, StoreError> {
        let key = self.key(held.login);
        self.unsettled().remove(&held.login);
        for _ in 0..MOST_TRIES {
            let Some(row) = self.store.load(&key).await? else {
                let ended = self.seal(&key, 1, &LoginRow::Ended)?;
                if self.store.insert(&key, ended.as_bytes(), TOMBSTONE, &[]).await? {
                    return Ok(Arc::clone(held));
                }
                continue;
            };
            let newest = match self.open(&key, row.version, &row.value) {
                Ok(LoginRow::Ended) => return Ok(Arc::clone(held)),
                Ok(LoginRow::Active { tokens, .. }) if tokens.is_later_than(held) => tokens,
                Ok(LoginRow::Active { .. }) => Arc::clone(held),
                Err(error) => {
                    debug!(causes = causes(&error), "what is ended here cannot be read");
                    Arc::clone(held)
                }
            };
            let replaced = self.replace(&key, row.version, &LoginRow::Ended, None).await?;
            if matches!(replaced, Replaced::Yes(_)) {
                return Ok(newest);
            }
        }
        Err(StoreError::unavailable("a login changes faster than it can be ended"))
    }

    async fn replace(
        &self,
        key: &str,
        version: Version,
        row: &LoginRow,
        owner: Option<&Owner>,
    ) -> Result<Replaced, StoreError> {
        let value = self.seal(key, version + 1, row)?;
        let lifetime = match row {
            LoginRow::Active { .. } => self.lifetime,
            LoginRow::Ended => TOMBSTONE,
        };
        self.store.replace(key, version, value.as_bytes(), lifetime, owner).await
    }

    fn seal(&self, key: &str, version: Version, row: &LoginRow) -> Result<String, StoreError> {
        let sealed = login_row::seal(&self.keys, &self.instance, key, version, row, &*self.entropy);
        sealed.map_err(StoreError::unavailable)
    }

    fn open(&self, key: &str, version: Version, value: &[u8]) -> Result<LoginRow, StoreError> {
        login_row::open(&self.keys, &self.instance, key, version, value)
    }

    /// What the store knows of a login is a hash.
    fn key(&self, login: LoginId) -> String {
        let hash = sha256(&[self.instance.context(), &[0], login.as_bytes()].concat());
        format!("login:{}", base64url(hash))
    }

    fn unsettled(&self) -> MutexGuard<'_, HashMap<LoginId, Arc<Tokens>>> {
        // Nothing that can panic is done while the lock is held.
        self.unsettled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The turn of this process. Dropped, it leaves a lease behind that is over after a while.
pub(crate) struct Hold {
    lease: Option<HeldLease>,
    /// How often it has not worked before.
    attempts: u32,
    /// What the server gave at a turn before, and the store did not take.
    unsettled: Option<Arc<Tokens>>,
}

struct HeldLease {
    rows: Arc<Rows>,
    key: String,
    version: Version,
    owner: Owner,
    /// Until when it is held at least.
    until: Instant,
}

impl Hold {
    /// What the server gave at a turn before, and nobody could be given since the store did not take it.
    pub(crate) fn unsettled(&mut self) -> Option<Arc<Tokens>> {
        self.unsettled.take()
    }

    /// Makes sure that the lease lasts before anything is sent. False if it may be another process's by now.
    pub(crate) async fn is_sure(&mut self) -> bool {
        let Some(lease) = &mut self.lease else { return true };
        let comfortable = lease.until - lease.rows.lease / 2;
        Instant::now() < comfortable || lease.renew().await
    }

    /// Does the work, and goes on holding the lease however long that takes.
    pub(crate) async fn during<T>(&mut self, work: impl Future<Output = T>) -> T {
        let Some(lease) = &mut self.lease else { return work.await };
        let mut work = pin!(work);
        loop {
            if let Ok(done) = timeout(lease.rows.lease / 3, &mut work).await {
                return done;
            }
            // What was sent is sent: if the lease is lost, the commit is told.
            let mut renewal = pin!(lease.renew());
            let first = poll_fn(|cx| match work.as_mut().poll(cx) {
                Poll::Ready(done) => Poll::Ready(Some(done)),
                Poll::Pending => renewal.as_mut().poll(cx).map(|_| None),
            });
            if let Some(done) = first.await {
                return done;
            }
        }
    }

    /// Keeps renewed tokens for everybody. While the store does not answer it is asked again, as long as the lease lasts.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store has not answered until then. The tokens are remembered for the next turn of this
    /// process.
    pub(crate) async fn commit(self, tokens: &Arc<Tokens>) -> Result<Committed, StoreError> {
        let Some(mut lease) = self.lease else { return Ok(Committed::Yes) };
        let rows = Arc::clone(&lease.rows);
        rows.remember(tokens);
        let committed = lease.commit(tokens).await?;
        if !matches!(committed, Committed::Overtaken) {
            rows.unsettled().remove(&tokens.login);
        }
        Ok(committed)
    }

    /// The refresh token is dead. Says the newer tokens if another process has some meanwhile.
    pub(crate) async fn reject(self) -> Result<Committed, StoreError> {
        let Some(lease) = self.lease else { return Ok(Committed::Yes) };
        let ended = &LoginRow::Ended;
        match lease.rows.replace(&lease.key, lease.version, ended, Some(&lease.owner)).await? {
            Replaced::Yes(_) => Ok(Committed::Yes),
            Replaced::Gone => Ok(Committed::Ended),
            Replaced::NotOwner | Replaced::Stale => Ok(Committed::Overtaken),
        }
    }

    /// It did not work: no process tries again before the time is over, which is as long as the server wishes, else twice
    /// as long as the last time. Says how long, unless the process alone knows.
    pub(crate) async fn postpone(
        self,
        held: &Arc<Tokens>,
        wish: Option<Duration>,
    ) -> Option<Duration> {
        let Some(lease) = self.lease else { return wish };
        let backoff = FIRST_BACKOFF * 2_u32.saturating_pow(self.attempts.min(6));
        let wait = wish.unwrap_or(backoff).clamp(FIRST_BACKOFF, MOST_BACKOFF);
        let retry_at = lease.rows.clock.now().after(wait);
        let attempts = self.attempts.saturating_add(1);
        let row = LoginRow::cooling(held, Cooling { attempts, retry_at, wait });
        let kept = lease.rows.replace(&lease.key, lease.version, &row, Some(&lease.owner)).await;
        if let Err(error) = kept {
            // The lease is over after a while, and somebody tries again.
            debug!(causes = causes(&error), "the other processes do not hear of it");
        }
        Some(wait)
    }

    /// Nothing was done.
    pub(crate) async fn release(self) {
        let Some(lease) = self.lease else { return };
        if let Err(error) = lease.rows.store.release(&lease.key, &lease.owner).await {
            debug!(causes = causes(&error), "a lease was not given back: it will be over");
        }
    }
}

impl HeldLease {
    async fn renew(&mut self) -> bool {
        let from = Instant::now();
        let renewed = self.rows.store.renew(&self.key, &self.owner, self.rows.lease).await;
        if matches!(renewed, Ok(true)) {
            self.until = from + self.rows.lease;
        }
        matches!(renewed, Ok(true))
    }

    async fn commit(&mut self, tokens: &Arc<Tokens>) -> Result<Committed, StoreError> {
        let row = LoginRow::active(tokens);
        let mut pause = SHORTEST_PAUSE;
        let mut give_up = self.until;
        loop {
            let step = self.rows.replace(&self.key, self.version, &row, Some(&self.owner)).await;
            let error = match step {
                Ok(Replaced::Yes(_)) => return Ok(Committed::Yes),
                Ok(Replaced::Gone) => return Ok(Committed::Ended),
                Ok(Replaced::Stale | Replaced::NotOwner) => match self.reclaim(tokens).await {
                    Ok(Reclaimed::Again) => continue,
                    Ok(Reclaimed::Settled(committed)) => return Ok(committed),
                    Err(error) => error,
                },
                Err(error) => error,
            };
            if Instant::now() >= give_up {
                return Err(error);
            }
            warn!(causes = causes(&error), "the store did not take a renewed token; once more");
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
            give_up = give_up.max(self.until);
        }
    }

    /// A commit was refused: another process has gone on, or ours was done although we were not told, or nobody has come
    /// since our lease was over.
    async fn reclaim(&mut self, tokens: &Arc<Tokens>) -> Result<Reclaimed, StoreError> {
        let Some(row) = self.rows.store.load(&self.key).await? else {
            return Ok(Reclaimed::Settled(Committed::Ended));
        };
        match self.rows.open(&self.key, row.version, &row.value)? {
            LoginRow::Ended => return Ok(Reclaimed::Settled(Committed::Ended)),
            LoginRow::Active { tokens: known, .. } if known.are(tokens) => {
                return Ok(Reclaimed::Settled(Committed::Yes));
            }
            LoginRow::Active { .. } if row.version != self.version => {
                return Ok(Reclaimed::Settled(Committed::Overtaken));
            }
            LoginRow::Active { .. } => {}
        }
        let from = Instant::now();
        let acquired =
            self.rows.store.acquire(&self.key, self.version, &self.owner, self.rows.lease).await?;
        Ok(match acquired {
            Acquired::Yes { .. } => {
                self.until = from + self.rows.lease;
                Reclaimed::Again
            }
            Acquired::Gone => Reclaimed::Settled(Committed::Ended),
            Acquired::Held | Acquired::Stale => Reclaimed::Settled(Committed::Overtaken),
        })
    }
}

/// What a commit that was refused comes to.
enum Reclaimed {
    Again,
    Settled(Committed),
}

impl Rows {
    fn remember(&self, tokens: &Arc<Tokens>) {
        let mut unsettled = self.unsettled();
        // Only a store that is down for long fills it.
        if unsettled.len() < MOST_UNSETTLED || unsettled.contains_key(&tokens.login) {
            unsettled.insert(tokens.login, Arc::clone(tokens));
        }
    }
}

/// It did not work: when the next try is worth it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Cooling {
    pub(crate) attempts: u32,
    pub(crate) retry_at: Timestamp,
    /// No process waits longer than that, whatever its clock says.
    pub(crate) wait: Duration,
}

const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const MINUTE: Duration = Duration::from_secs(60);
const LEASE: Duration = Duration::from_secs(15);

/// How long the turn of another process is waited for at least.
const PATIENCE: Duration = Duration::from_secs(60);

const SHORTEST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// More writers than that at one login at one instant are not of one application.
const MOST_TRIES: usize = 16;

const MOST_UNSETTLED: usize = 10_000;
