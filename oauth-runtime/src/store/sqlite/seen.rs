//! A row as one step finds it.

use std::time::Duration;

use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Row as _, Sqlite, SqliteConnection, Type};

use crate::store::error::StoreError;
use crate::store::row::{Lease, Owner, Row, Version};
use crate::store::sqlite::{failed, now};

/// What a row says beside its value, and the instant at which it was read.
pub(super) struct Seen {
    pub(super) version: Version,
    until: i64,
    lease: Option<(String, i64)>,
    /// Milliseconds since 1970, by the clock of the database.
    pub(super) now: i64,
}

impl Seen {
    /// What is under a key, unless its time is over.
    pub(super) async fn under(
        key: &str,
        connection: &mut SqliteConnection,
    ) -> Result<Option<Self>, StoreError> {
        let row = sqlx::query(SEE).bind(key).fetch_optional(connection).await.map_err(failed)?;
        row.as_ref().map_or(Ok(None), Self::read)
    }

    /// What a row of [`LOAD`] says, with its value.
    pub(super) fn read_with_value(row: &SqliteRow) -> Result<Option<Row>, StoreError> {
        let Some(seen) = Self::read(row)? else { return Ok(None) };
        let value = column(row, "value")?;
        let left = Duration::from_millis(seen.until.abs_diff(seen.now));
        Ok(Some(Row { version: seen.version, value, lease: seen.lease(), left }))
    }

    /// What a row says, unless its time is over. Nothing is believed: the file may have been written by others.
    fn read(row: &SqliteRow) -> Result<Option<Self>, StoreError> {
        let (now, until) = (column(row, "now")?, column(row, "until")?);
        if until <= now {
            return Ok(None);
        }
        let version =
            Version::try_from(column::<i64>(row, "version")?).ok().filter(|version| *version > 0);
        let version = version.ok_or(StoreError::Unreadable { what: "its version is none" })?;
        let owner: Option<String> = row.try_get("owner").map_err(failed)?;
        let lease_until: Option<i64> = row.try_get("lease_until").map_err(failed)?;
        let lease = match (owner, lease_until) {
            (None, None) => None,
            (Some(owner), Some(until)) => Some((owner, until)),
            _ => return Err(StoreError::Unreadable { what: "half a lease" }),
        };
        Ok(Some(Self { version, until, lease, now }))
    }

    pub(super) fn lease(&self) -> Lease {
        match &self.lease {
            None => Lease::Free,
            Some((_, until)) if self.now < *until => Lease::Held,
            Some(_) => Lease::Over,
        }
    }

    /// Whether the owner has the lease, and its time is not over.
    pub(super) fn is_leased_to(&self, owner: &Owner) -> bool {
        self.lease
            .as_ref()
            .is_some_and(|(known, until)| known == owner.as_str() && self.now < *until)
    }
}

/// What stands in a column. Asked for plainly, nothing would be read as a zero.
fn column<'r, T: Decode<'r, Sqlite> + Type<Sqlite>>(
    row: &'r SqliteRow,
    name: &str,
) -> Result<T, StoreError> {
    let value: Option<T> = row.try_get(name).map_err(failed)?;
    value.ok_or(StoreError::Unreadable { what: "a column holds nothing" })
}

macro_rules! see {
    ($value:literal) => {
        concat!(
            "SELECT version, until, owner, lease_until, ",
            now!(),
            " AS now",
            $value,
            " FROM oauth_rows WHERE key = ?"
        )
    };
}

const SEE: &str = see!("");
/// A text would be read as its bytes; a value is none.
pub(super) const LOAD: &str = see!(", CASE typeof(value) WHEN 'blob' THEN value END AS value");
