//! What the row of a login in a store holds.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::entropy::{Entropy, EntropyError};
use crate::instance::Instance;
use crate::seal::{KeyRing, Place, Purpose};
use crate::secret::SecretBytes;
use crate::store::{StoreError, Version};
use crate::token::Tokens;
use crate::token_record::{from_record, to_record};

/// The row of a login.
pub(crate) enum LoginRow {
    /// These are the newest tokens.
    Active {
        tokens: Arc<Tokens>,
        /// They could not be renewed.
        cooling: Option<Cooling>,
    },
    /// The login has ended, or its refresh token is dead.
    Ended,
}

/// It did not work: when the next try is worth it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Cooling {
    pub(crate) attempts: u32,
    pub(crate) retry_at: Timestamp,
    /// No process waits longer than that, whatever its clock says.
    pub(crate) wait: Duration,
}

impl LoginRow {
    pub(crate) fn active(tokens: &Arc<Tokens>) -> Self {
        Self::Active { tokens: Arc::clone(tokens), cooling: None }
    }

    pub(crate) fn cooling(tokens: &Arc<Tokens>, cooling: Cooling) -> Self {
        Self::Active { tokens: Arc::clone(tokens), cooling: Some(cooling) }
    }
}

/// The row as bytes. A later version of the library may append to it.
#[derive(Deserialize, Serialize)]
struct Record<'a> {
    format: u8,
    is_active: bool,
    attempts: u32,
    retry_at: Timestamp,
    wait_seconds: u64,
    #[serde(borrow)]
    tokens: &'a [u8],
}

const FORMAT: u8 = 1;

/// Seals a row for its place and version: an older one that somebody puts back is not opened.
pub(crate) fn seal(
    keys: &KeyRing,
    instance: &Instance,
    key: &str,
    version: Version,
    row: &LoginRow,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, EntropyError> {
    let (tokens, cooling) = match row {
        LoginRow::Active { tokens, cooling } => (to_record(tokens), *cooling),
        LoginRow::Ended => (Vec::new(), None),
    };
    let tokens = SecretBytes::new(tokens);
    let record = Record {
        format: FORMAT,
        is_active: matches!(row, LoginRow::Active { .. }),
        attempts: cooling.map_or(0, |it| it.attempts),
        retry_at: cooling.map_or(Timestamp::from_unix_seconds(0), |it| it.retry_at),
        wait_seconds: cooling.map_or(0, |it| it.wait.as_secs()),
        tokens: &tokens,
    };
    let record = postcard::to_allocvec(&record).expect("numbers and bytes always have a record");
    let record = SecretBytes::new(record);
    let name = name(key, version);
    keys.seal_bytes(&place(instance, &name), FOREVER, &record, entropy)
}

/// Opens what [`seal`] made.
pub(crate) fn open(
    keys: &KeyRing,
    instance: &Instance,
    key: &str,
    version: Version,
    value: Vec<u8>,
) -> Result<LoginRow, StoreError> {
    let name = name(key, version);
    let opened = keys.open_bytes(&place(instance, &name), LONG_AGO, value);
    let opened = opened.ok_or(StoreError::Unreadable { what: NOT_SEALED_HERE })?;
    let newer = || StoreError::Unreadable { what: "it was written by a newer version" };
    let (record, _) =
        postcard::take_from_bytes::<Record<'_>>(opened.plaintext()).map_err(|_| newer())?;
    if record.format != FORMAT {
        return Err(newer());
    }
    if !record.is_active {
        return Ok(LoginRow::Ended);
    }
    let tokens = Arc::new(from_record(record.tokens).ok_or_else(newer)?);
    let cooling = (record.attempts > 0).then(|| Cooling {
        attempts: record.attempts,
        retry_at: record.retry_at,
        wait: Duration::from_secs(record.wait_seconds),
    });
    Ok(LoginRow::Active { tokens, cooling })
}

fn name(key: &str, version: Version) -> String {
    format!("{key}#{version}")
}

fn place<'a>(instance: &'a Instance, name: &'a str) -> Place<'a> {
    Place { purpose: Purpose::Row, name, context: instance.context() }
}

const NOT_SEALED_HERE: &str = "it was sealed with other keys, or for another place";

/// The store knows how long a row lasts.
const FOREVER: Timestamp = Timestamp::from_unix_seconds(u64::MAX);
const LONG_AGO: Timestamp = Timestamp::from_unix_seconds(0);
