//! What this process knows of refresh tokens: which are in flight, which have a successor, which are dead.
//!
//! Everything is keyed by a fingerprint under a key of this process, never by the token. A successor is kept until it
//! has been presented itself, and for a minute more: a browser that was cut off before it got its new cookie comes
//! back with the old one. Whatever is known is forgotten after a while, so that an idle process holds nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use zeroize::Zeroizing;

use crate::clock::Timestamp;
use crate::crypto::{KEY_BYTES, derive};
use crate::entropy::{Entropy as _, EntropyError, SystemEntropy};
use crate::token::{AccessToken, LoginId, RefreshToken, Tokens};

/// What came of a refresh.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// The successor, committed.
    Refreshed(Arc<Tokens>),
    /// The refresh token is dead: the user must log in again.
    Rejected,
    /// It did not work now; the tokens are as they were.
    Transient {
        /// When it is worth another try.
        retry_after: Duration,
    },
}

/// A refresh token as this process knows it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Fingerprint([u8; KEY_BYTES]);

/// Who comes to a flight.
pub(crate) enum Boarding {
    /// It has landed already.
    Landed(Outcome),
    /// It is under way: wait for it.
    Joined(watch::Receiver<Option<Outcome>>),
    /// Nobody has begun it: the caller does.
    Leads(Flight, watch::Receiver<Option<Outcome>>),
}

/// What is known of the refresh tokens of one provider.
pub(crate) struct Flights {
    key: Zeroizing<[u8; KEY_BYTES]>,
    known: Mutex<Known>,
    ended: Mutex<HashMap<LoginId, Timestamp>>,
}

#[derive(Default)]
struct Known {
    entries: HashMap<Fingerprint, Entry>,
    /// From a successor that nobody has presented yet to the token that it replaces.
    unseen: HashMap<Fingerprint, Fingerprint>,
    pruned_at: Option<Timestamp>,
}

impl Known {
    /// Forgets what is over, once a second, and the oldest of what is too much.
    fn prune(&mut self, now: Timestamp) {
        if self.pruned_at != Some(now) {
            self.pruned_at = Some(now);
            self.entries.retain(|_, entry| now < entry.until());
            let entries = &self.entries;
            self.unseen.retain(|_, replaced| entries.contains_key(replaced));
        }
        if self.entries.len() >= MOST_ENTRIES {
            let oldest = self.entries.iter().min_by_key(|(_, entry)| entry.until());
            if let Some(key) = oldest.map(|(key, _)| *key) {
                self.entries.remove(&key);
            }
        }
    }

    /// Somebody holds a successor: who still holds what it replaces is late, and has a minute.
    fn see(&mut self, key: Fingerprint, now: Timestamp) {
        let replaced = self.unseen.remove(&key);
        if let Some(Entry::Succeeded { until, .. }) =
            replaced.and_then(|replaced| self.entries.get_mut(&replaced))
        {
            *until = now.after(GRACE);
        }
    }
}

enum Entry {
    InFlight(watch::Receiver<Option<Outcome>>),
    Succeeded { tokens: Arc<Tokens>, until: Timestamp },
    Dead { until: Timestamp },
    Cooling { retry_at: Timestamp, attempts: u32, until: Timestamp },
}

impl Entry {
    fn until(&self) -> Timestamp {
        match self {
            Self::InFlight(_) => Timestamp::from_unix_seconds(u64::MAX),
            Self::Succeeded { until, .. } | Self::Dead { until } | Self::Cooling { until, .. } => {
                *until
            }
        }
    }
}

impl Flights {
    pub(crate) fn new() -> Result<Self, EntropyError> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        SystemEntropy.fill(&mut *key)?;
        Ok(Self { key, known: Mutex::default(), ended: Mutex::default() })
    }

    fn fingerprint(&self, token: &RefreshToken) -> Fingerprint {
        Fingerprint(derive(&*self.key, token.expose().as_bytes()))
    }

    /// A number of `0..=255` that is always the same for a token: its share of the jitter.
    pub(crate) fn share(&self, token: &RefreshToken) -> u8 {
        self.fingerprint(token).0[0]
    }

    /// Joins the flight of a refresh token, or begins it.
    pub(crate) fn board(
        self: &Arc<Self>,
        held: &AccessToken,
        token: &RefreshToken,
        now: Timestamp,
    ) -> Boarding {
        let key = self.fingerprint(token);
        let mut known = self.known();
        known.prune(now);
        let attempts = match known.entries.get(&key) {
            Some(Entry::InFlight(receiver)) => return Boarding::Joined(receiver.clone()),
            // A refresh token that was kept is presented again when what it gave last is no longer good.
            Some(Entry::Succeeded { tokens, .. }) if tokens.access_token() != held => {
                return Boarding::Landed(Outcome::Refreshed(Arc::clone(tokens)));
            }
            Some(Entry::Dead { .. }) => return Boarding::Landed(Outcome::Rejected),
            Some(Entry::Cooling { retry_at, .. }) if now < *retry_at => {
                let retry_after = retry_at.since(now);
                return Boarding::Landed(Outcome::Transient { retry_after });
            }
            Some(Entry::Cooling { attempts, .. }) => *attempts,
            Some(Entry::Succeeded { .. }) | None => 0,
        };
        let (sender, receiver) = watch::channel(None);
        known.entries.insert(key, Entry::InFlight(receiver.clone()));
        let flight = Flight { flights: Arc::clone(self), key, attempts, sender, now };
        Boarding::Leads(flight, receiver)
    }

    /// The newest successor of a refresh token that somebody holds, as far as this process knows.
    pub(crate) fn newest(&self, token: &RefreshToken, now: Timestamp) -> Newest {
        let mut key = self.fingerprint(token);
        let mut known = self.known();
        known.see(key, now);
        let mut newest = Newest::Same;
        // A chain has no circle: a provider that gave an old token again would have kept it.
        for _ in 0..MOST_GENERATIONS {
            match known.entries.get(&key) {
                Some(Entry::Succeeded { tokens, until }) if now < *until => {
                    newest = Newest::Successor(Arc::clone(tokens));
                    match tokens.refresh_token().map(|token| self.fingerprint(token)) {
                        Some(next) if next != key => key = next,
                        _ => return newest,
                    }
                }
                Some(Entry::Dead { until }) if now < *until => return Newest::Dead,
                _ => return newest,
            }
        }
        newest
    }

    /// Ends a refresh token and all that came of it: what lands later is not taken.
    pub(crate) fn bury(&self, token: &RefreshToken, now: Timestamp) {
        let mut key = self.fingerprint(token);
        let mut known = self.known();
        known.prune(now);
        for _ in 0..MOST_GENERATIONS {
            let tombstone = Entry::Dead { until: now.after(TOMBSTONE) };
            let Some(Entry::Succeeded { tokens, .. }) = known.entries.insert(key, tombstone) else {
                return;
            };
            match tokens.refresh_token().map(|token| self.fingerprint(token)) {
                Some(next) if next != key => key = next,
                _ => return,
            }
        }
    }

    /// Notes that the session of a login has ended: no late response brings it back.
    pub(crate) fn end_login(&self, login: LoginId, now: Timestamp) {
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, until| now < *until);
        ended.insert(login, now.after(TOMBSTONE));
    }

    /// Whether the session of a login has ended.
    pub(crate) fn has_ended(&self, login: LoginId, now: Timestamp) -> bool {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.get(&login).is_some_and(|until| now < *until)
    }

    /// How many tokens are known.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.known().entries.len()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Nothing that can panic is done while the lock is held.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What became of a refresh token.
pub(crate) enum Newest {
    /// Nothing that this process knows of.
    Same,
    /// It has been replaced by these.
    Successor(Arc<Tokens>),
    /// It has been rejected, or its session has ended.
    Dead,
}

/// The right to present a refresh token, once. Dropped without a landing, it lets the next one try.
pub(crate) struct Flight {
    flights: Arc<Flights>,
    key: Fingerprint,
    attempts: u32,
    sender: watch::Sender<Option<Outcome>>,
    now: Timestamp,
}

impl Flight {
    /// Commits the successor, and only then tells those who wait. False if the session has ended meanwhile: the
    /// successor is then nobody's, and should be revoked.
    #[must_use]
    pub(crate) fn succeed(self, tokens: &Arc<Tokens>, now: Timestamp) -> bool {
        let next = tokens.refresh_token().map(|token| self.flights.fingerprint(token));
        let next = next.filter(|next| *next != self.key);
        let until = now.after(if next.is_some() { UNSEEN } else { GRACE });
        let alive = self.land(Entry::Succeeded { tokens: Arc::clone(tokens), until });
        if let Some(next) = next.filter(|_| alive) {
            self.flights.known().unseen.insert(next, self.key);
        }
        self.tell(if alive { Outcome::Refreshed(Arc::clone(tokens)) } else { Outcome::Rejected });
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
        let mut known = self.flights.known();
        let alive = matches!(known.entries.get(&self.key), Some(Entry::InFlight(_)));
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
            self.land(Entry::Cooling {
                retry_at,
                attempts: self.attempts,
                until: retry_at.after(GRACE),
            });
            self.tell(Outcome::Transient { retry_after });
        }
    }
}

/// How long who presents a consumed refresh token is given its successor, once that has been presented too.
const GRACE: Duration = Duration::from_secs(60);

/// How long a successor is kept that nobody has presented: its browser never got it, or it could not be stored.
const UNSEEN: Duration = Duration::from_secs(3600);

/// Some tens of megabytes at the most.
const MOST_ENTRIES: usize = 10_000;

/// How long an ended session stays ended, whatever lands: longer than any request that began before.
const TOMBSTONE: Duration = Duration::from_secs(600);

const FIRST_BACKOFF: Duration = Duration::from_secs(1);
const MOST_BACKOFF: Duration = Duration::from_secs(3600);

/// Successors of one token within the grace.
const MOST_GENERATIONS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tests::tokens_with;

    fn flights() -> Arc<Flights> {
        Arc::new(Flights::new().unwrap())
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_unix_seconds(seconds)
    }

    fn board(flights: &Arc<Flights>, token: &str, now: u64) -> Boarding {
        flights.board(&AccessToken::new("at1"), &RefreshToken::new(token), at(now))
    }

    fn lead(flights: &Arc<Flights>, token: &str, now: u64) -> Flight {
        match board(flights, token, now) {
            Boarding::Leads(flight, _) => flight,
            Boarding::Joined(_) => panic!("joined"),
            Boarding::Landed(outcome) => panic!("{outcome:?}"),
        }
    }

    fn landed(flights: &Arc<Flights>, token: &str, now: u64) -> Option<Outcome> {
        match board(flights, token, now) {
            Boarding::Landed(outcome) => Some(outcome),
            Boarding::Joined(_) | Boarding::Leads(..) => None,
        }
    }

    #[test]
    fn one_caller_leads_and_the_others_join() {
        let flights = flights();
        let flight = lead(&flights, "rt1", 0);
        let Boarding::Joined(joined) = board(&flights, "rt1", 0) else {
            panic!("a second leader");
        };

        assert!(flight.succeed(&tokens_with("at2", Some("rt2")), at(0)));

        let outcome = joined.borrow().clone();
        assert!(
            matches!(outcome, Some(Outcome::Refreshed(tokens)) if tokens.access_token().expose() == "at2")
        );
    }

    #[test]
    fn a_late_presenter_is_given_the_successor_for_a_minute_after_it_was_presented() {
        let flights = flights();
        assert!(lead(&flights, "rt1", 0).succeed(&tokens_with("at2", Some("rt2")), at(0)));
        assert!(matches!(landed(&flights, "rt1", 1000), Some(Outcome::Refreshed(_))));

        assert!(matches!(flights.newest(&RefreshToken::new("rt2"), at(1000)), Newest::Same));

        assert!(matches!(landed(&flights, "rt1", 1059), Some(Outcome::Refreshed(_))));
        assert!(landed(&flights, "rt1", 1060).is_none());
    }

    #[test]
    fn a_successor_that_nobody_presents_is_kept_for_an_hour() {
        let flights = flights();
        assert!(lead(&flights, "rt1", 0).succeed(&tokens_with("at2", Some("rt2")), at(0)));

        assert!(matches!(landed(&flights, "rt1", 3599), Some(Outcome::Refreshed(_))));
        assert!(landed(&flights, "rt1", 3600).is_none());
    }

    #[test]
    fn what_is_known_is_bounded() {
        let flights = flights();
        for i in 0..MOST_ENTRIES + 100 {
            let next = format!("next{i}");
            assert!(
                lead(&flights, &format!("rt{i}"), 0)
                    .succeed(&tokens_with("at", Some(&next)), at(0))
            );
        }

        assert_eq!(flights.len(), MOST_ENTRIES);
        assert!(matches!(
            flights.board(&AccessToken::new("at1"), &RefreshToken::new("x"), at(1)),
            Boarding::Leads(..)
        ));
        assert!(flights.known().unseen.len() <= MOST_ENTRIES);
    }

    #[test]
    fn the_newest_of_a_chain_is_found_from_every_link() {
        let flights = flights();
        assert!(lead(&flights, "rt1", 0).succeed(&tokens_with("at2", Some("rt2")), at(0)));
        assert!(lead(&flights, "rt2", 1).succeed(&tokens_with("at3", Some("rt3")), at(1)));

        for token in ["rt1", "rt2"] {
            let newest = flights.newest(&RefreshToken::new(token), at(2));
            assert!(
                matches!(newest, Newest::Successor(tokens) if tokens.access_token().expose() == "at3")
            );
        }
        assert!(matches!(flights.newest(&RefreshToken::new("rt3"), at(2)), Newest::Same));
    }

    #[test]
    fn a_refresh_token_that_is_kept_leads_again() {
        let flights = flights();
        assert!(lead(&flights, "rt1", 0).succeed(&tokens_with("at2", Some("rt1")), at(0)));

        let kept = RefreshToken::new("rt1");
        assert!(matches!(flights.newest(&kept, at(1)), Newest::Successor(_)));
        assert!(matches!(landed(&flights, "rt1", 1), Some(Outcome::Refreshed(_))));
        let again = flights.board(&AccessToken::new("at2"), &kept, at(2));
        assert!(matches!(again, Boarding::Leads(..)));
    }

    #[test]
    fn cc_07_what_lands_after_a_logout_is_not_taken() {
        let flights = flights();
        let flight = lead(&flights, "rt1", 0);
        flights.bury(&RefreshToken::new("rt1"), at(0));

        assert!(!flight.succeed(&tokens_with("at2", Some("rt2")), at(0)));

        assert!(matches!(flights.newest(&RefreshToken::new("rt1"), at(1)), Newest::Dead));
        assert!(matches!(landed(&flights, "rt1", 1), Some(Outcome::Rejected)));
    }

    #[test]
    fn a_logout_ends_every_link_of_a_chain() {
        let flights = flights();
        assert!(lead(&flights, "rt1", 0).succeed(&tokens_with("at2", Some("rt2")), at(0)));

        flights.bury(&RefreshToken::new("rt1"), at(1));

        assert!(matches!(flights.newest(&RefreshToken::new("rt2"), at(2)), Newest::Dead));
    }

    #[test]
    fn cc_10_a_failing_server_is_left_alone_for_longer_each_time() {
        let flights = flights();
        let mut now = 0;
        for pause in [1, 2, 4, 8, 16, 32, 64, 64] {
            lead(&flights, "rt1", now).postpone(None, at(now));
            let Some(Outcome::Transient { retry_after }) = landed(&flights, "rt1", now) else {
                panic!("tried again at once");
            };
            assert_eq!(retry_after.as_secs(), pause);
            now += pause;
        }
        lead(&flights, "rt1", now).postpone(Some(Duration::from_secs(300)), at(now));
        assert!(matches!(landed(&flights, "rt1", now + 299), Some(Outcome::Transient { .. })));
    }

    #[test]
    fn cc_12_a_flight_that_is_lost_wedges_nothing() {
        let flights = flights();
        drop(lead(&flights, "rt1", 0));

        assert!(matches!(landed(&flights, "rt1", 0), Some(Outcome::Transient { .. })));
        let _ = lead(&flights, "rt1", 1);
    }

    #[test]
    fn cc_08_an_idle_process_holds_nothing() {
        let flights = flights();
        for i in 0..100 {
            let next = format!("next{i}");
            let tokens = tokens_with("at", Some(&next));
            assert!(lead(&flights, &format!("rt{i}"), 0).succeed(&tokens, at(0)));
            assert!(matches!(flights.newest(&RefreshToken::new(next), at(1)), Newest::Same));
        }

        drop(lead(&flights, "last", 100));

        assert_eq!(flights.len(), 1);
    }
}
