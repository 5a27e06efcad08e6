//! The tables, and which version of them a database has.
//!
//! A version is added at the end of [`MIGRATIONS`] and never changed. While an application is replaced, processes of the
//! version before still run: what they do must work on the new tables.

use sqlx::{Connection, SqliteConnection};

use crate::store::error::StoreError;
use crate::store::sqlite::failed;

/// A database answers, but its tables are not those that this library works on.
///
/// It is the source of [`StoreError::Unavailable`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SqliteSchemaError {
    /// A newer version of this library has upgraded the tables.
    #[error("the tables are of version {found}, and this library knows none after {known}")]
    Newer {
        /// The version of the tables.
        found: i64,
        /// The last version that this library knows.
        known: i64,
    },
    /// The tables were not created yet, or not upgraded.
    #[error("the tables are missing or too old: call `SqliteStore::migrate` before anything else")]
    NotMigrated,
}

/// Creates the tables, or upgrades them, in one transaction.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut step = connection.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    let found = version(&mut step).await?;
    let missing = usize::try_from(found).ok().and_then(|found| MIGRATIONS.get(found..));
    let missing = missing.ok_or(StoreError::Unreadable { what: "the version of the tables" })?;
    for migration in missing {
        sqlx::raw_sql(*migration).execute(&mut *step).await.map_err(failed)?;
    }
    sqlx::query(
        "INSERT INTO oauth_schema (id, version) VALUES (1, ?1) \
         ON CONFLICT (id) DO UPDATE SET version = ?1",
    )
    .bind(KNOWN)
    .execute(&mut *step)
    .await
    .map_err(failed)?;
    step.commit().await.map_err(failed)
}

/// Refuses a database whose tables are not of the version that this library works on.
pub(super) async fn check(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    match version(connection).await? {
        KNOWN => Ok(()),
        _ => Err(StoreError::unavailable(SqliteSchemaError::NotMigrated)),
    }
}

/// The version of the tables, 0 if there are none; never one that is not known.
async fn version(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let tables =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'oauth_schema'";
    let tables: i64 =
        sqlx::query_scalar(tables).fetch_one(&mut *connection).await.map_err(failed)?;
    if tables == 0 {
        return Ok(0);
    }
    let found = sqlx::query_scalar("SELECT version FROM oauth_schema WHERE id = 1");
    let found = found.fetch_optional(connection).await.map_err(failed)?.unwrap_or(0);
    if found > KNOWN {
        return Err(StoreError::unavailable(SqliteSchemaError::Newer { found, known: KNOWN }));
    }
    Ok(found)
}

const MIGRATIONS: [&str; 1] = [include_str!("../../../migrations/sqlite/1.sql")];
const KNOWN: i64 = MIGRATIONS.len() as i64;
