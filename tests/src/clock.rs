//! Time that passes when a test says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use oauth_providers::{Clock, Timestamp};

/// A clock that stands still until it is moved. A clone shows the same time.
#[derive(Clone, Debug)]
pub struct StoppedClock(Arc<AtomicU64>);

impl StoppedClock {
    /// A clock that shows an ordinary day.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(AtomicU64::new(START)))
    }

    /// Lets time pass.
    pub fn advance(&self, duration: Duration) {
        self.0.fetch_add(duration.as_secs(), Ordering::SeqCst);
    }

    /// Sets it back, as a clock is that was wrong.
    pub fn rewind(&self, duration: Duration) {
        self.0.fetch_sub(duration.as_secs(), Ordering::SeqCst);
    }
}

impl Default for StoppedClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_seconds(self.0.load(Ordering::SeqCst))
    }
}

/// 2026-01-01 00:00:00 UTC.
const START: u64 = 1_767_225_600;
