//! What this process knows of refresh tokens: which are in flight, which have a successor, which are dead.
//!
//! Everything is keyed by a fingerprint under a key of this process, never by the token. A flight carries the server's
//! answer, not somebody's tokens: whoever waits for it renews what it holds itself. A successor is kept until somebody
//! comes with it, and for a minute more: a browser that was cut off before it got its new cookie comes back with the
//! old one. A token that this process has seen consumed or rejected is not presented again.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::clock::Timestamp;
use crate::crypto::{KEY_BYTES, MacKey};
use crate::entropy::{Entropy as _, EntropyError, SystemEntropy};
use crate::refresh::times::{FIRST_BACKOFF, MOST_BACKOFF, TOMBSTONE};
use crate::token::{LoginId, RefreshToken, TokenResponse, Tokens};

/// What the server gave for a refresh token, and when.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) response: TokenResponse,
    pub(crate) received_at: Timestamp,
    /// The login that asked, and how many times its tokens have been renewed by it.
    login: LoginId,
    generation: u32,
    /// Another process had it: by now it may be past its expiry.
    pub(crate) is_found: bool,
}

impl Answer {
    /// What the server gave, and the tokens that came of it.
    pub(crate) fn new(response: TokenResponse, tokens: &Tokens) -> Self {
        Self {
            response,
            received_at: tokens.received_at(),
            login: tokens.login,
            generation: tokens.generation,
            is_found: false,
        }
    }

    /// What another process was given, from the tokens that it made of it.
    pub(crate) fn found(tokens: &Tokens) -> Self {
        Self { is_found: true, ..Self::new(tokens.to_answer(), tokens) }
    }

    /// Tokens as they are renewed by it, for whoever holds the refresh token: others may have come to it before.
    pub(crate) fn renew(&self, tokens: &Tokens) -> Tokens {
        let renewed = tokens.renewed(&self.response, self.received_at);
        let generation = match self.is_found && tokens.login == self.login {
            true => self.generation.max(tokens.generation),
            false => self.generation.max(renewed.generation),
        };
        Tokens { generation, ..renewed }
    }

    /// Whether tokens are renewed by this answer, and not by it or a later one already. A refresh token that is kept may be
    /// renewed by other processes too.
    fn is_news_to(&self, tokens: &Tokens) -> bool {
        if tokens.login == self.login {
            return self.generation > tokens.generation;
        }
        // Two logins with one refresh token: a server may give the same access token again, for longer.
        let given = self.response.refresh_token();
        let same = tokens.received_at() == self.received_at
            && tokens.access_token() == self.response.access_token()
            && (given.is_none() || given == tokens.refresh_token());
        !same
    }
}

/// What came of a refresh.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// The server's answer, committed.
    Refreshed(Arc<Answer>),
    /// The refresh token is dead: the user must log in again.
    Rejected,
    /// It did not work now; the tokens are as they were.
    Transient {
        /// When it is worth another try.
        retry_after: Duration,
    },
}

/// What those who wait look at until there is an outcome.
pub(crate) type Landing = watch::Receiver<Option<Outcome>>;

/// Who comes to a flight.
pub(crate) enum Boarding {
    /// It has landed already.
    Landed(Outcome),
    /// It is under way: wait for it.
    Joined(Landing),
    /// Nobody has begun it: the caller does.
    Leads(Flight, Landing),
}

/// What became of the tokens that somebody holds.
pub(crate) enum Newest {
    /// Nothing that this process knows of.
    Same,
    /// They were renewed to these.
    Successor(Arc<Tokens>),
    /// Their refresh token is dead, or their session has ended.
    Dead,
}

/// A refresh token as this process knows it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Fingerprint([u8; KEY_BYTES]);

/// What is known of the refresh tokens of one provider.
pub(crate) struct Flights {
    key: MacKey,
    is_alone: bool,
    known: Mutex<Known>,
    /// How often what is known of a token or a session has changed.
    changes: AtomicU64,
}

#[derive(Default)]
struct Known {
    entries: HashMap<Fingerprint, Entry>,
    /// From a successor that nobody has come with yet to the token that it replaces.
    unseen: HashMap<Fingerprint, Fingerprint>,
    spent: Spent,
    ended: HashMap<LoginId, Timestamp>,
    pruned_at: Option<Timestamp>,
    flights: u64,
}

enum Entry {
    InFlight { id: u64, landing: Landing },
    Succeeded { answer: Arc<Answer>, rotated: bool, until: Timestamp },
    Dead { until: Timestamp },
    Cooling { retry_at: Timestamp, attempts: u32, until: Timestamp },
}

/// Tokens that are good for nothing any more, the oldest forgotten first.
#[derive(Default)]
struct Spent {
    known: HashMap<Fingerprint, ()>,
    by_age: VecDeque<Fingerprint>,
}

impl Flights {
    /// `is_alone` says that no store knows what became of a token that this process has spent long ago.
    pub(crate) fn new(is_alone: bool) -> Result<Self, EntropyError> {
        let mut key = [0; KEY_BYTES];
        SystemEntropy.fill(&mut key)?;
        let (known, changes) = (Mutex::default(), AtomicU64::default());
        Ok(Self { key: MacKey::new(&key), is_alone, known, changes })
    }

    /// A number of `0..=255` that is always the same for a token: its share of the jitter.
    pub(crate) fn share(&self, token: &RefreshToken) -> u8 {
        self.fingerprint(token).0[0]
    }

    /// Joins the flight of a refresh token, or begins it.
    pub(crate) fn board(
        self: &Arc<Self>,
        held: &Tokens,
        token: &RefreshToken,
        now: Timestamp,
    ) -> Boarding {
        let key = self.fingerprint(token);
        let mut known = self.known();
        known.prune(now);
        let attempts = match known.entries.get(&key) {
            Some(Entry::InFlight { landing, .. }) => return Boarding::Joined(landing.clone()),
            // A refresh token that was kept is presented again when what it gave last is no longer good.
            Some(Entry::Succeeded { answer, rotated, .. })
                if *rotated || answer.is_news_to(held) =>
            {
                return Boarding::Landed(Outcome::Refreshed(Arc::clone(answer)));
            }
            Some(Entry::Dead { .. }) => return Boarding::Landed(Outcome::Rejected),
            Some(Entry::Cooling { retry_at, .. }) if now < *retry_at => {
                let retry_after = retry_at.since(now);
                return Boarding::Landed(Outcome::Transient { retry_after });
            }
            Some(Entry::Cooling { attempts, .. }) => *attempts,
            None if self.is_alone && known.spent.contains(key) => {
                return Boarding::Landed(Outcome::Rejected);
            }
            Some(Entry::Succeeded { .. }) | None => 0,
        };
        if !known.make_room(key) {
            return Boarding::Landed(Outcome::Transient { retry_after: FIRST_BACKOFF });
        }
        known.flights += 1;
        let id = known.flights;
        let (sender, landing) = watch::channel(None);
        known.entries.insert(key, Entry::InFlight { id, landing: landing.clone() });
        let flight = Flight { flights: Arc::clone(self), key, id, attempts, sender, now };
        Boarding::Leads(flight, landing)
    }

    /// A number that is the same as before while nothing is renewed and nothing ends.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Somebody comes with tokens from outside: who still holds what they replace is late, and has a minute. Says what
    /// they were renewed to.
    pub(crate) fn arrive(&self, held: &Tokens, now: Timestamp) -> Newest {
        let Some(key) = self.fingerprint_if_asked(held) else { return Newest::Same };
        let mut known = self.known();
        known.see(key, now);
        self.follow(&known, key, held, now)
    }

    /// What the tokens that somebody holds were renewed to, as far as this process knows.
    pub(crate) fn newest(&self, held: &Tokens, now: Timestamp) -> Newest {
        let Some(key) = self.fingerprint_if_asked(held) else { return Newest::Same };
        self.follow(&self.known(), key, held, now)
    }

    fn follow(&self, known: &Known, mut key: Fingerprint, held: &Tokens, now: Timestamp) -> Newest {
        let mut newest: Option<Arc<Tokens>> = None;
        for _ in 0..MOST_GENERATIONS {
            let tokens = newest.as_deref().unwrap_or(held);
            match known.entries.get(&key) {
                Some(Entry::Succeeded { answer, until, .. })
                    if now < *until && answer.is_news_to(tokens) =>
                {
                    let renewed = newest.insert(Arc::new(answer.renew(tokens)));
                    let Some(token) = renewed.refresh_token() else { break };
                    key = self.fingerprint(token);
                }
                Some(Entry::Dead { until }) if now < *until => return Newest::Dead,
                _ => break,
            }
        }
        newest.map_or(Newest::Same, Newest::Successor)
    }

    /// Ends a refresh token and all that came of it, in one step: what lands later is not taken. Returns the newest
    /// tokens that there were.
    pub(crate) fn bury(&self, held: &Arc<Tokens>, now: Timestamp) -> Arc<Tokens> {
        let mut newest = Arc::clone(held);
        let mut known = self.changing();
        known.prune(now);
        for _ in 0..MOST_GENERATIONS {
            let Some(token) = newest.refresh_token() else { break };
            let tombstone = Entry::Dead { until: now.after(TOMBSTONE) };
            match known.entries.insert(self.fingerprint(token), tombstone) {
                Some(Entry::Succeeded { answer, .. }) if answer.is_news_to(&newest) => {
                    newest = Arc::new(answer.renew(&newest));
                }
                _ => break,
            }
        }
        newest
    }

    /// A login has brought this refresh token: whatever was known of it is over.
    pub(crate) fn revive(&self, token: &RefreshToken) {
        let key = self.fingerprint(token);
        let mut known = self.changing();
        if !matches!(known.entries.get(&key), Some(Entry::InFlight { .. })) {
            known.entries.remove(&key);
        }
        known.spent.remove(key);
    }

    /// Notes that the session of a login has ended: no late response brings it back.
    pub(crate) fn end_login(&self, login: LoginId, now: Timestamp) {
        let mut known = self.changing();
        known.prune(now);
        known.ended.insert(login, now.after(TOMBSTONE));
    }

    /// Whether the session of a login has ended.
    pub(crate) fn has_ended(&self, login: LoginId, now: Timestamp) -> bool {
        self.known().ended.get(&login).is_some_and(|until| now < *until)
    }

    fn fingerprint(&self, token: &RefreshToken) -> Fingerprint {
        Fingerprint(self.key.sign(token.expose().as_bytes()))
    }

    /// The fingerprint to look for, which is worth its computation only if there is anything to be found.
    fn fingerprint_if_asked(&self, held: &Tokens) -> Option<Fingerprint> {
        let token = held.refresh_token()?;
        let anything = {
            let known = self.known();
            !(known.entries.is_empty() && known.unseen.is_empty())
        };
        anything.then(|| self.fingerprint(token))
    }

    /// What is known, to be changed: who asks for [`changes`](Self::changes) later sees another number.
    fn changing(&self) -> MutexGuard<'_, Known> {
        let known = self.known();
        self.changes.fetch_add(1, Ordering::Release);
        known
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Nothing that can panic is done while the lock is held.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// Somebody comes with this token: who comes with the one before is late, and has a minute.
    fn see(&mut self, key: Fingerprint, now: Timestamp) {
        let replaced = self.unseen.remove(&key);
        if let Some(Entry::Succeeded { until, .. }) =
            replaced.and_then(|replaced| self.entries.get_mut(&replaced))
        {
            *until = now.after(GRACE);
        }
    }

    /// Forgets what is over, once a second. Of a token that is good for nothing any more the fingerprint stays.
    fn prune(&mut self, now: Timestamp) {
        if self.pruned_at == Some(now) {
            return;
        }
        self.pruned_at = Some(now);
        let spent = &mut self.spent;
        self.entries.retain(|key, entry| {
            let keep = now < entry.until();
            if !keep && entry.is_spent() {
                spent.insert(*key);
            }
            keep
        });
        let entries = &self.entries;
        self.unseen.retain(|_, replaced| entries.contains_key(replaced));
        self.ended.retain(|_, until| now < *until);
    }

    /// Forgets one entry if there are too many, never one that is in flight; false if all are.
    fn make_room(&mut self, key: Fingerprint) -> bool {
        if self.entries.len() < MOST_ENTRIES || self.entries.contains_key(&key) {
            return true;
        }
        let landed = self.entries.iter().filter(|(_, entry)| !entry.is_in_flight());
        let Some(oldest) = landed.min_by_key(|(_, entry)| entry.until()).map(|(key, _)| *key)
        else {
            return false;
        };
        if self.entries.remove(&oldest).is_some_and(|entry| entry.is_spent()) {
            self.spent.insert(oldest);
        }
        true
    }
}

impl Entry {
    fn until(&self) -> Timestamp {
        match self {
            Self::InFlight { .. } => Timestamp::from_unix_seconds(u64::MAX),
            Self::Succeeded { until, .. } | Self::Dead { until } | Self::Cooling { until, .. } => {
                *until
            }
        }
    }

    fn is_in_flight(&self) -> bool {
        matches!(self, Self::InFlight { .. })
    }

    /// Whether the server would take its token for stolen, or refuse it.
    fn is_spent(&self) -> bool {
        matches!(self, Self::Succeeded { rotated: true, .. } | Self::Dead { .. })
    }
}

impl Spent {
    fn insert(&mut self, key: Fingerprint) {
        if self.known.insert(key, ()).is_none() {
            self.by_age.push_back(key);
        }
        if self.by_age.len() > MOST_SPENT
            && let Some(oldest) = self.by_age.pop_front()
        {
            self.known.remove(&oldest);
        }
    }

    fn remove(&mut self, key: Fingerprint) {
        // Its place in the order stays until its turn comes.
        self.known.remove(&key);
    }

    fn contains(&self, key: Fingerprint) -> bool {
        self.known.contains_key(&key)
    }
}

/// The right to present a refresh token, once. Dropped without a landing, it lets the next one try.
pub(crate) struct Flight {
    flights: Arc<Flights>,
    key: Fingerprint,
    id: u64,
    attempts: u32,
    sender: watch::Sender<Option<Outcome>>,
    now: Timestamp,
}

impl Flight {
    /// Commits the answer, and only then tells those who wait. False if the session has ended meanwhile: what the
    /// server gave is then nobody's, and should be revoked.
    #[must_use]
    pub(crate) fn succeed(self, answer: &Arc<Answer>) -> bool {
        let next = answer.response.refresh_token().map(|token| self.flights.fingerprint(token));
        let next = next.filter(|next| *next != self.key);
        let until = answer.received_at.after(if next.is_some() { UNSEEN } else { GRACE });
        let rotated = next.is_some();
        let alive = self.land(Entry::Succeeded { answer: Arc::clone(answer), rotated, until });
        if let Some(next) = next.filter(|_| alive) {
            self.flights.known().unseen.insert(next, self.key);
        }
        self.tell(if alive { Outcome::Refreshed(Arc::clone(answer)) } else { Outcome::Rejected });
        alive
    }

    /// The refresh token is dead.
    pub(crate) fn reject(self, now: Timestamp) {
        self.land(Entry::Dead { until: now.after(GRACE) });
        self.tell(Outcome::Rejected);
    }

    /// It did not work; the next try is after the server's own wish, else after twice as long as the last time.
    pub(crate) fn postpone(self, wish: Option<Duration>, now: Timestamp) {
        let backoff = FIRST_BACKOFF * 2_u32.saturating_pow(self.attempts.min(6));
        let retry_after = wish.unwrap_or(backoff).clamp(FIRST_BACKOFF, MOST_BACKOFF);
        let retry_at = now.after(retry_after);
        let attempts = self.attempts.saturating_add(1);
        self.land(Entry::Cooling { retry_at, attempts, until: retry_at.after(GRACE) });
        self.tell(Outcome::Transient { retry_after });
    }

    /// Replaces the flight by what came of it, unless the session was ended meanwhile.
    fn land(&self, entry: Entry) -> bool {
        let mut known = self.flights.changing();
        let mine = |entry: &Entry| matches!(entry, Entry::InFlight { id, .. } if *id == self.id);
        let alive = known.entries.get(&self.key).is_some_and(mine);
        if alive {
            known.entries.insert(self.key, entry);
        }
        alive
    }

    fn tell(&self, outcome: Outcome) {
        self.sender.send_replace(Some(outcome));
    }
}

impl Drop for Flight {
    /// A task that panicked, or a runtime that ended, leaves no flight behind that nobody flies.
    fn drop(&mut self) {
        if self.sender.borrow().is_none() {
            let retry_after = FIRST_BACKOFF;
            let retry_at = self.now.after(retry_after);
            let attempts = self.attempts;
            self.land(Entry::Cooling { retry_at, attempts, until: retry_at.after(GRACE) });
            self.tell(Outcome::Transient { retry_after });
        }
    }
}

/// How long who comes with a consumed refresh token is given its successor, once somebody has come with that.
const GRACE: Duration = Duration::from_secs(60);

/// How long a successor is kept that nobody has come with: its browser never got it, or it could not be stored.
const UNSEEN: Duration = Duration::from_secs(3600);

/// Each of them may hold what the server answered: a few kilobytes, and 1 MiB of a server that wants to be a burden.
const MOST_ENTRIES: usize = 10_000;

/// Some megabytes.
const MOST_SPENT: usize = 50_000;

/// Successors of one token that are followed.
const MOST_GENERATIONS: usize = 64;

#[cfg(test)]
mod tests;
