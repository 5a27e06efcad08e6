//! What a store could not do.

use crate::http_client::error::BoxError;

/// A store could not say what is so, or could not take what it was given.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The store holds as much as it may.
    #[error("the store is full: it holds {most} rows")]
    Full {
        /// How many rows it may hold.
        most: usize,
    },
    /// A key, an index or a value is not what a store takes.
    #[error("the store does not take this: {what}")]
    Refused {
        /// What is wrong with it.
        what: &'static str,
    },
    /// The backend did not answer, or answered with an error.
    #[error("the store could not be asked")]
    Unavailable(#[source] BoxError),
    /// A row is not one that this version can read.
    #[error("a row of the store cannot be read: {what}")]
    Unreadable {
        /// What is wrong with it.
        what: &'static str,
    },
}

impl StoreError {
    /// The backend failed, for this reason.
    pub fn unavailable(source: impl Into<BoxError>) -> Self {
        Self::Unavailable(source.into())
    }
}
