//! The tables in a SQLite file.

use sqlx::{Connection, SqliteConnection};

use crate::store::error::StoreError;
use crate::store::sql::schema::{FOUND, Schema, UPGRADED};
use crate::store::sqlite::failed;

/// Creates the tables, or upgrades them, in one transaction.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut step = connection.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    let missing = SCHEMA.missing(version(&mut step).await?)?;
    if missing.is_empty() {
        return Ok(());
    }
    for migration in missing {
        sqlx::raw_sql(*migration).execute(&mut *step).await.map_err(failed)?;
    }
    let upgraded = sqlx::query(UPGRADED).bind(SCHEMA.known()).execute(&mut *step);
    upgraded.await.map_err(failed)?;
    step.commit().await.map_err(failed)
}

/// Refuses a database whose tables are not of the version that this library works on.
pub(super) async fn check(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    SCHEMA.check(version(connection).await?)
}

/// The version of the tables, 0 if there are none.
async fn version(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let tables =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'oauth_schema'";
    let tables: i64 =
        sqlx::query_scalar(tables).fetch_one(&mut *connection).await.map_err(failed)?;
    if tables == 0 {
        return Ok(0);
    }
    let found = sqlx::query_scalar(FOUND).fetch_optional(connection).await.map_err(failed)?;
    Ok(found.unwrap_or(0))
}

const SCHEMA: Schema = Schema(&[include_str!("../../../migrations/sqlite/1.sql")]);
