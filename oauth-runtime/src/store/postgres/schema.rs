//! The tables in PostgreSQL, in the first schema of the connection's `search_path`.

use sqlx::{Connection, PgConnection};

use crate::store::error::StoreError;
use crate::store::postgres::error::failed;
use crate::store::sql::schema::{FOUND, Schema, UPGRADED};

/// Creates the tables, or upgrades them, in one transaction.
pub(super) async fn migrate(connection: &mut PgConnection) -> Result<(), StoreError> {
    // Who waited for the lock must see what was done in the meantime, whatever the database's default is.
    let mut step =
        connection.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await.map_err(failed)?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(LOCK)
        .execute(&mut *step)
        .await
        .map_err(failed)?;
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
pub(super) async fn check(connection: &mut PgConnection) -> Result<(), StoreError> {
    SCHEMA.check(version(connection).await?)
}

/// The version of the tables, 0 if there are none.
async fn version(connection: &mut PgConnection) -> Result<i64, StoreError> {
    let table = "SELECT to_regclass('oauth_schema') IS NOT NULL";
    if !sqlx::query_scalar(table).fetch_one(&mut *connection).await.map_err(failed)? {
        return Ok(0);
    }
    let found = sqlx::query_scalar(FOUND).fetch_optional(connection).await.map_err(failed)?;
    Ok(found.unwrap_or(0))
}

const SCHEMA: Schema = Schema(&[include_str!("../../../migrations/postgres/1.sql")]);

/// A number that nobody else locks by chance: `oauth-db` in ASCII.
const LOCK: i64 = i64::from_be_bytes(*b"oauth-db");
