//! Which version of the tables a database has, and what makes it the last one.
//!
//! A version is added at the end of a [`Schema`] and never changed. While an application is replaced, processes of the
//! version before still run: what they do must work on the new tables.

use crate::store::error::StoreError;

/// A database answers, but its tables are not those that this library works on.
///
/// It is the source of [`StoreError::Unavailable`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SchemaError {
    /// A newer version of this library has upgraded the tables.
    #[error("the tables are of version {found}, and this library knows none after {known}")]
    Newer {
        /// The version of the tables.
        found: i64,
        /// The last version that this library knows.
        known: i64,
    },
    /// The tables were not created yet, or not upgraded.
    #[error("the tables are missing or too old: call the store's `migrate` before anything else")]
    NotMigrated,
}

/// What makes each version of the tables out of the one before; the first out of nothing.
pub(in crate::store) struct Schema(pub(in crate::store) &'static [&'static str]);

impl Schema {
    /// The last version, the one that this library works on.
    pub(in crate::store) const fn known(&self) -> i64 {
        self.0.len() as i64
    }

    /// What makes the last version out of the one that was found, 0 if there are no tables.
    pub(in crate::store) fn missing(
        &self,
        found: i64,
    ) -> Result<&'static [&'static str], StoreError> {
        if found > self.known() {
            let newer = SchemaError::Newer { found, known: self.known() };
            return Err(StoreError::unavailable(newer));
        }
        let missing = usize::try_from(found).ok().and_then(|found| self.0.get(found..));
        missing.ok_or(StoreError::Unreadable { what: "the version of the tables" })
    }

    /// Refuses every version but the last.
    pub(in crate::store) fn check(&self, found: i64) -> Result<(), StoreError> {
        match self.missing(found)? {
            [] => Ok(()),
            _ => Err(StoreError::unavailable(SchemaError::NotMigrated)),
        }
    }
}

/// The version of the tables, if there is a table that says it.
pub(in crate::store) const FOUND: &str = "SELECT version FROM oauth_schema WHERE id = 1";
pub(in crate::store) const UPGRADED: &str = "INSERT INTO oauth_schema (id, version) VALUES (1, $1) \
                                             ON CONFLICT (id) DO UPDATE SET version = $1";
