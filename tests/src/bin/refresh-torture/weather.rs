//! What the authorization server is like for a while: how slow, and how faulty.

use std::time::Duration;

use crate::random::Random;

/// Shares are of a thousand requests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Weather {
    /// So many take 50 ms.
    pub(crate) slow: usize,
    /// So many take 1 to 4 s.
    pub(crate) very_slow: usize,
    /// So many take 12 s, which is longer than the client waits: the answer is lost.
    pub(crate) too_slow: usize,
    pub(crate) unavailable: usize,
    pub(crate) limited: usize,
    /// The connection is reset before the request is looked at.
    pub(crate) reset: usize,
    /// The connection is reset after the request was acted on.
    pub(crate) lost: usize,
    pub(crate) html: usize,
    /// Out of order: 503 for everybody.
    pub(crate) is_down: bool,
}

impl Weather {
    /// Slow at times, and without a fault.
    pub(crate) const FAIR: Self = Self {
        slow: 200,
        very_slow: 90,
        too_slow: 0,
        unavailable: 0,
        limited: 0,
        reset: 0,
        lost: 0,
        html: 0,
        is_down: false,
    };

    /// Never slower than a grace can bear, and without a fault.
    pub(crate) const QUICK: Self = Self { slow: 300, very_slow: 0, ..Self::FAIR };

    /// Everything that a server does on a bad day. Lost answers are what costs most.
    pub(crate) const FOUL: Self = Self {
        too_slow: 10,
        unavailable: 20,
        limited: 10,
        reset: 10,
        lost: 30,
        html: 5,
        ..Self::FAIR
    };

    pub(crate) const DOWN: Self = Self { is_down: true, ..Self::FAIR };

    /// How long the next request takes, before and after it is acted on.
    pub(crate) fn latency(&self, random: &mut Random) -> (Duration, Duration) {
        let drawn = random.below(1000);
        let whole = if drawn < self.too_slow {
            Duration::from_secs(12)
        } else if drawn < self.too_slow + self.very_slow {
            random.millis(1000, 4000)
        } else if drawn < self.too_slow + self.very_slow + self.slow {
            Duration::from_millis(50)
        } else {
            Duration::from_millis(1)
        };
        let before = whole * u32::try_from(random.below(101)).unwrap_or_default() / 100;
        (before, whole - before)
    }
}
