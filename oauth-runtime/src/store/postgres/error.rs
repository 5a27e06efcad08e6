//! What PostgreSQL answers when it does not do what it is asked.

use sqlx::error::DatabaseError;

use crate::store::error::StoreError;

/// PostgreSQL refused a statement, or a connection.
///
/// It is the source of [`StoreError::Unavailable`]. What the server adds as a detail is left out: it may repeat a row.
#[derive(Debug, thiserror::Error)]
#[error("{message} (SQLSTATE {code})")]
#[non_exhaustive]
pub struct PostgresError {
    /// The five characters of SQLSTATE.
    pub code: String,
    /// What the server says about it, in its language.
    pub message: String,
}

/// What became of a statement, without anything that stands in a row.
pub(super) fn failed(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::ColumnDecode { .. } => UNREADABLE,
        sqlx::Error::Database(error) => refused(&*error),
        error => StoreError::unavailable(error),
    }
}

fn refused(error: &dyn DatabaseError) -> StoreError {
    let code = error.code().unwrap_or_default().into_owned();
    // "Data exception": nothing that this library sends is one; so it is what stands in a table.
    if code.starts_with("22") {
        return UNREADABLE;
    }
    StoreError::unavailable(PostgresError { code, message: error.message().to_owned() })
}

/// Whether the server undid a step for the sake of another one: a serialization failure, or a deadlock.
pub(super) fn is_undone(error: &StoreError) -> bool {
    let StoreError::Unavailable(source) = error else { return false };
    let refused = source.downcast_ref::<PostgresError>();
    refused.is_some_and(|error| ["40001", "40P01"].contains(&&*error.code))
}

const UNREADABLE: StoreError = StoreError::Unreadable { what: "a column holds what it should not" };
