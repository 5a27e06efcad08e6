//! The turn of this process: it holds the lease of a login's row until it has committed, or given up.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use tracing::{debug, warn};

use crate::error::causes;
use crate::refresh::login_row::{Cooling, LoginRow};
use crate::refresh::logins::Logins;
use crate::refresh::times::{
    FIRST_BACKOFF, LONGEST_PAUSE, MOST_BACKOFF, SHORTEST_PAUSE, TOMBSTONE,
};
use crate::store::{Acquired, Owner, Replaced, StoreError, Version};
use crate::token::Tokens;

/// What became of tokens that were to be committed.
pub(crate) enum Committed {
    /// They are what everybody gets.
    Yes,
    /// The login has ended meanwhile: they are nobody's.
    Ended,
    /// The lease was over, and another process has gone on: the row is to be asked again.
    Overtaken,
}

/// The turn of this process. Dropped, it leaves a lease behind that is over after a while.
pub(crate) struct Hold {
    lease: Option<HeldLease>,
    /// How often it has not worked before.
    attempts: u32,
    /// What the server gave at a turn before, and the store did not take.
    unsettled: Option<Arc<Tokens>>,
}

/// The lease of a login's row.
pub(crate) struct HeldLease {
    pub(crate) logins: Arc<Logins>,
    pub(crate) key: String,
    pub(crate) version: Version,
    pub(crate) owner: Owner,
    /// Until when it is held at least.
    pub(crate) until: Instant,
}

impl Hold {
    /// In an application of one process every turn is its own.
    pub(crate) fn of_process() -> Self {
        Self { lease: None, attempts: 0, unsettled: None }
    }

    pub(crate) fn new(lease: HeldLease, attempts: u32, unsettled: Option<Arc<Tokens>>) -> Self {
        Self { lease: Some(lease), attempts, unsettled }
    }

    /// What the server gave at a turn before, and nobody could be given since the store did not take it.
    pub(crate) fn unsettled(&mut self) -> Option<Arc<Tokens>> {
        self.unsettled.take()
    }

    /// Makes sure that the lease lasts before anything is sent. False if it may be another process's by now.
    pub(crate) async fn is_sure(&mut self) -> bool {
        let Some(lease) = &mut self.lease else { return true };
        let comfortable = lease.until - lease.logins.lease / 2;
        Instant::now() < comfortable || lease.renew().await
    }

    /// Does the work, and goes on holding the lease however long that takes.
    pub(crate) async fn during<T>(&mut self, work: impl Future<Output = T>) -> T {
        let Some(lease) = &mut self.lease else { return work.await };
        let mut work = pin!(work);
        loop {
            if let Ok(done) = timeout(lease.logins.lease / 3, &mut work).await {
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
    /// [`Unsettled`] if the store has not answered until then. The tokens are remembered for the next turn of this
    /// process.
    pub(crate) async fn commit(self, tokens: &Arc<Tokens>) -> Result<Committed, Unsettled> {
        let Some(mut lease) = self.lease else { return Ok(Committed::Yes) };
        lease.logins.remember(tokens);
        let give_up = lease.until;
        match lease.commit(tokens, give_up).await {
            Ok(committed) => Ok(lease.settle(tokens, committed)),
            Err(error) => Err(Unsettled { lease, error }),
        }
    }

    /// The refresh token is dead. Says the newer tokens if another process has some meanwhile.
    pub(crate) async fn reject(self) -> Result<Committed, StoreError> {
        let Some(lease) = self.lease else { return Ok(Committed::Yes) };
        let ended = &LoginRow::Ended;
        match lease.logins.replace(&lease.key, lease.version, ended, Some(&lease.owner)).await? {
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
        let retry_at = lease.logins.clock.now().after(wait);
        let attempts = self.attempts.saturating_add(1);
        let row = LoginRow::cooling(held, Cooling { attempts, retry_at, wait });
        let kept = lease.logins.replace(&lease.key, lease.version, &row, Some(&lease.owner)).await;
        if let Err(error) = kept {
            // The lease is over after a while, and somebody tries again.
            debug!(causes = causes(&error), "the other processes do not hear of it");
        }
        Some(wait)
    }

    /// Nothing was done.
    pub(crate) async fn release(self) {
        let Some(lease) = self.lease else { return };
        if let Err(error) = lease.logins.store.release(&lease.key, &lease.owner).await {
            debug!(causes = causes(&error), "a lease was not given back: it will be over");
        }
    }
}

impl HeldLease {
    async fn renew(&mut self) -> bool {
        let from = Instant::now();
        let renewed = self.logins.store.renew(&self.key, &self.owner, self.logins.lease).await;
        if matches!(renewed, Ok(true)) {
            self.until = from + self.logins.lease;
        }
        matches!(renewed, Ok(true))
    }

    fn settle(&self, tokens: &Tokens, committed: Committed) -> Committed {
        if !matches!(committed, Committed::Overtaken) {
            self.logins.settle(tokens);
        }
        committed
    }

    /// Commits, by an instant at least; as long as the lease lasts in any case.
    async fn commit(
        &mut self,
        tokens: &Arc<Tokens>,
        give_up: Instant,
    ) -> Result<Committed, StoreError> {
        let row = LoginRow::active(tokens);
        let (mut pause, mut tries) = (SHORTEST_PAUSE, 0);
        loop {
            let error = match self.try_commit(tokens, &row).await {
                Ok(Some(committed)) => return Ok(committed),
                Ok(None) if tries < MOST_TRIES => {
                    tries += 1;
                    continue;
                }
                Ok(None) => StoreError::unavailable("a row changes faster than it can be written"),
                Err(error) => error,
            };
            if Instant::now() >= give_up.max(self.until) {
                return Err(error);
            }
            warn!(causes = causes(&error), "the store did not take a renewed token; once more");
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// `None` if it is to be tried again at once.
    async fn try_commit(
        &mut self,
        tokens: &Tokens,
        row: &LoginRow,
    ) -> Result<Option<Committed>, StoreError> {
        let step = self.logins.replace(&self.key, self.version, row, Some(&self.owner)).await?;
        match step {
            Replaced::Yes(_) => Ok(Some(Committed::Yes)),
            Replaced::Stale | Replaced::NotOwner => self.reclaim(tokens).await,
            // A logout leaves a tombstone: the store has lost the row.
            Replaced::Gone => {
                let inserted = self.logins.insert(&self.key, row).await?;
                Ok(inserted.then_some(Committed::Yes))
            }
        }
    }

    /// A commit was refused: another process has gone on, or ours was done although we were not told, or nobody has come
    /// since our lease was over.
    async fn reclaim(&mut self, tokens: &Tokens) -> Result<Option<Committed>, StoreError> {
        let Some(found) = self.logins.find(&self.key).await? else { return Ok(None) };
        let LoginRow::Active { tokens: known, .. } = found.row else {
            return Ok(Some(Committed::Ended));
        };
        if known.are(tokens) {
            return Ok(Some(Committed::Yes));
        }
        if !tokens.is_later_than(&known) {
            self.logins.settle(&known);
            return Ok(Some(Committed::Overtaken));
        }
        // Whoever has gone on has got nothing newer: it was postponed.
        self.version = found.version;
        let from = Instant::now();
        let (store, lease) = (&self.logins.store, self.logins.lease);
        match store.acquire(&self.key, self.version, &self.owner, lease).await? {
            Acquired::Yes { .. } => {
                self.until = from + lease;
                Ok(None)
            }
            Acquired::Gone => Ok(None),
            Acquired::Held | Acquired::Stale => Ok(Some(Committed::Overtaken)),
        }
    }
}

/// How often a row may turn out to be another than it was, before that takes a pause.
const MOST_TRIES: usize = 16;

/// The store has not taken what the server gave.
pub(crate) struct Unsettled {
    lease: HeldLease,
    pub(crate) error: StoreError,
}

impl Unsettled {
    /// Goes on when nobody waits for it any more: who came next would present a refresh token that is consumed. `None` if
    /// the store has not answered for minutes.
    pub(crate) async fn go_on(mut self, tokens: &Arc<Tokens>) -> Option<Committed> {
        let give_up = Instant::now() + TOMBSTONE / 2;
        let committed = self.lease.commit(tokens, give_up).await.ok()?;
        Some(self.lease.settle(tokens, committed))
    }
}
