//! How long things take and last, in the process and across processes alike.

use std::time::Duration;

/// How long an ended login stays ended, whatever lands: longer than any request that began before.
pub(crate) const TOMBSTONE: Duration = Duration::from_secs(600);

/// How long nobody tries again after a failure, unless the server says how long.
pub(crate) const FIRST_BACKOFF: Duration = Duration::from_secs(1);
pub(crate) const MOST_BACKOFF: Duration = Duration::from_secs(3600);

/// How long a process waits before it asks the store again.
pub(crate) const SHORTEST_PAUSE: Duration = Duration::from_millis(20);
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_millis(250);
