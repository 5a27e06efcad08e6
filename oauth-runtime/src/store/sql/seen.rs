//! A row as one step finds it.

use std::time::Duration;

use sqlx::{ColumnIndex, Decode, Type};

use crate::store::error::StoreError;
#[cfg(feature = "sqlite")]
use crate::store::row::Owner;
use crate::store::row::{Lease, Row, Version};

/// What a row says beside its value, and the instant at which it was read.
pub(in crate::store) struct Seen {
    pub(in crate::store) version: Version,
    until: i64,
    lease: Option<(String, i64)>,
    /// Milliseconds since 1970, by the clock of the database.
    pub(in crate::store) now: i64,
}

impl Seen {
    /// What a row says, unless its time is over. Nothing is believed: the tables may have been written by others.
    pub(in crate::store) fn read<R: sqlx::Row>(row: &R) -> Result<Option<Self>, StoreError>
    where
        for<'r> i64: Decode<'r, R::Database> + Type<R::Database>,
        for<'r> String: Decode<'r, R::Database> + Type<R::Database>,
        &'static str: ColumnIndex<R>,
    {
        let (now, until) = (column(row, "now")?, column(row, "until")?);
        if until <= now {
            return Ok(None);
        }
        let version = Version::try_from(column::<i64, _>(row, "version")?)
            .ok()
            .filter(|version| *version > 0);
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

    /// What a row says, with the value that it holds.
    pub(in crate::store) fn read_with_value<R: sqlx::Row>(
        row: &R,
    ) -> Result<Option<Row>, StoreError>
    where
        for<'r> i64: Decode<'r, R::Database> + Type<R::Database>,
        for<'r> String: Decode<'r, R::Database> + Type<R::Database>,
        for<'r> Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
        &'static str: ColumnIndex<R>,
    {
        let Some(seen) = Self::read(row)? else { return Ok(None) };
        let value = column(row, "value")?;
        let left = Duration::from_millis(seen.until.abs_diff(seen.now));
        Ok(Some(Row { version: seen.version, value, lease: seen.lease(), left }))
    }

    pub(in crate::store) fn lease(&self) -> Lease {
        match &self.lease {
            None => Lease::Free,
            Some((_, until)) if self.now < *until => Lease::Held,
            Some(_) => Lease::Over,
        }
    }

    /// Whether the owner has the lease, and its time is not over. PostgreSQL asks that itself.
    #[cfg(feature = "sqlite")]
    pub(in crate::store) fn is_leased_to(&self, owner: &Owner) -> bool {
        self.lease
            .as_ref()
            .is_some_and(|(known, until)| known == owner.as_str() && self.now < *until)
    }
}

/// What stands in a column. Asked for plainly, nothing would be read as a zero.
pub(in crate::store) fn column<'r, T, R: sqlx::Row>(
    row: &'r R,
    name: &'static str,
) -> Result<T, StoreError>
where
    T: Decode<'r, R::Database> + Type<R::Database>,
    &'static str: ColumnIndex<R>,
{
    let value: Option<T> = row.try_get(name).map_err(failed)?;
    value.ok_or(StoreError::Unreadable { what: "a column holds nothing" })
}

/// A column is not what it should be: what it is instead is not repeated.
fn failed(_: sqlx::Error) -> StoreError {
    StoreError::Unreadable { what: "a column holds what it should not" }
}
