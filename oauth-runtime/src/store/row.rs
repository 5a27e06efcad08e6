//! A row, and what became of it in one step.

use std::fmt;
use std::time::Duration;

use crate::encoding::base64url;
use crate::entropy::{Entropy, EntropyError};
use crate::store::error::StoreError;

/// How often a row has been replaced: 1 when it is new, one more each time.
pub type Version = u64;

/// What a store keeps under a key.
#[derive(Clone)]
pub struct Row {
    /// How often it has been replaced.
    pub version: Version,
    /// What it holds.
    pub value: Vec<u8>,
    /// Whether somebody has its lease.
    pub lease: Lease,
    /// How long it is still there, by the store's clock.
    pub left: Duration,
}

impl fmt::Debug for Row {
    /// What it holds is left out: it may be a secret that is not sealed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("version", &self.version)
            .field("lease", &self.lease)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

/// Whether somebody has the lease of a row.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lease {
    /// Nobody has it.
    Free,
    /// An owner has it, and its time is not over.
    Held,
    /// An owner had it and did not give it back: what became of its work is not known.
    Over,
}

/// What became of an attempt to get a lease.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Acquired {
    /// The caller has it.
    Yes {
        /// An owner before did not give it back: what became of its work is not known.
        recovered: bool,
    },
    /// Another owner has it.
    Held,
    /// The row has another version.
    Stale,
    /// There is no such row.
    Gone,
}

/// What became of an attempt to replace a row.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Replaced {
    /// The row has this version now.
    Yes(Version),
    /// The owner has the lease no more.
    NotOwner,
    /// The row has another version.
    Stale,
    /// There is no such row.
    Gone,
}

/// Who has a lease: a name that nobody else has.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Owner(String);

impl Owner {
    /// A name of 128 random bits.
    ///
    /// # Errors
    ///
    /// [`EntropyError`] if there are none to be had.
    pub fn random(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let mut name = [0; 16];
        entropy.fill(&mut name)?;
        Ok(Self(base64url(name)))
    }

    /// The name, of at most 32 characters of base64url.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Refuses what no store takes, before any is asked.
pub(crate) fn check(names: &[&str], value: &[u8]) -> Result<(), StoreError> {
    let fits = |name: &&str| {
        (1..=MOST_NAME_BYTES).contains(&name.len()) && name.bytes().all(|it| it.is_ascii_graphic())
    };
    if !names.iter().all(fits) {
        return Err(StoreError::Refused { what: "a key is 1 to 256 bytes of visible ASCII" });
    }
    if value.len() > MOST_VALUE_BYTES {
        return Err(StoreError::Refused { what: "a value is at most 1 MiB" });
    }
    Ok(())
}

const MOST_NAME_BYTES: usize = 256;
const MOST_VALUE_BYTES: usize = 1 << 20;
