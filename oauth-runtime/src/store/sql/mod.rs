//! What the stores in a database have in common: which version of the tables there is, and what a row of them says.

pub(super) mod schema;
pub(super) mod seen;

use std::time::Duration;

/// How many milliseconds; one that is begun is a whole one, so that nothing is over at once. A thousand years are as good as
/// any longer time, and their sum with the time of day is a number that a database has.
pub(super) fn millis(duration: Duration) -> i64 {
    let millis = duration.as_nanos().div_ceil(1_000_000);
    i64::try_from(millis).unwrap_or(i64::MAX).min(1000 * 366 * 24 * 3600 * 1000)
}

/// How long is waited for a connection, and how long for what others have locked.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
