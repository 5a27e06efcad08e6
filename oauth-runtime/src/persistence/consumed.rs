//! The states that this process has seen come back: each is taken once.
//!
//! A cookie can be sent again by whoever kept it. Within one process a state is consumed here; at the server
//! the code is good for one exchange.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;

use crate::clock::Timestamp;
use crate::crypto;
use crate::state::State;

/// A bounded set: an entry leaves when its login would have expired, or when there are too many.
#[derive(Debug, Default)]
pub(crate) struct ConsumedStates(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    known: HashSet<[u8; 32]>,
    by_age: VecDeque<(Timestamp, [u8; 32])>,
}

impl ConsumedStates {
    /// Consumes a state: true the first time.
    pub(crate) fn consume(&self, state: &State, expires_at: Timestamp, now: Timestamp) -> bool {
        let hash = crypto::sha256(state.expose().as_bytes());
        // A panic cannot happen while the lock is held; if one did, the set would still be whole.
        let mut entries = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        while let Some((expires_at, oldest)) = entries.by_age.front().copied()
            && (now >= expires_at || entries.by_age.len() >= MOST)
        {
            entries.by_age.pop_front();
            entries.known.remove(&oldest);
        }
        let first = entries.known.insert(hash);
        if first {
            entries.by_age.push_back((expires_at, hash));
        }
        first
    }
}

/// About 1 MiB of memory at the most.
const MOST: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_consumed_once() {
        let consumed = ConsumedStates::default();
        let (now, later) = (Timestamp::from_unix_seconds(0), Timestamp::from_unix_seconds(600));

        assert!(consumed.consume(&State::new("a"), later, now));
        assert!(!consumed.consume(&State::new("a"), later, now));
        assert!(consumed.consume(&State::new("b"), later, now));
    }

    #[test]
    fn the_set_is_bounded_and_forgets_what_has_expired() {
        let consumed = ConsumedStates::default();
        let at = Timestamp::from_unix_seconds;
        for i in 0..2 * MOST {
            consumed.consume(&State::new(i.to_string()), at(600), at(0));
        }
        assert_eq!(consumed.0.lock().unwrap().known.len(), MOST);

        consumed.consume(&State::new("x"), at(1200), at(600));

        assert_eq!(consumed.0.lock().unwrap().known.len(), 1);
    }
}
