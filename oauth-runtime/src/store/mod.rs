//! Where rows are kept that several processes share: sessions, accounts, what is being renewed.
//!
//! A [`Store`] is for authors of backends; applications choose one that is shipped. It knows nothing of OAuth: a row is
//! bytes under a key, with a version, an end, and at most one *lease*. What makes a refresh token be presented once by any
//! number of processes is made of two steps that are each one step of the backend: [`acquire`](Store::acquire), which only
//! one caller gets, and [`replace`](Store::replace), which only the version and the owner that were expected may do. Leases
//! and ends are measured by the clock of the store, never by that of a process.
//!
//! What a backend must do is written down as a suite ([`contract`], feature `store-contract`), which every shipped one
//! passes.

#[cfg(feature = "store-contract")]
pub mod contract;
mod error;
mod memory;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "redis")]
mod redis;
mod row;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::sync::Arc;
use std::time::Duration;

pub use crate::store::error::StoreError;
pub use crate::store::memory::MemoryStore;
#[cfg(feature = "postgres")]
pub use crate::store::postgres::{PostgresError, PostgresStore};
#[cfg(feature = "redis")]
pub use crate::store::redis::RedisStore;
pub use crate::store::row::{Acquired, Lease, Owner, Replaced, Row, Version};
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub use crate::store::sql::schema::SchemaError;
#[cfg(feature = "sqlite")]
pub use crate::store::sqlite::SqliteStore;

use crate::http_client::BoxFuture;

/// Keeps rows that several processes share.
///
/// Every method is one step: two callers never see each other half-way. A key and an index are at most 256 bytes of visible
/// ASCII, a value at most 1 MiB; how long a row or a lease lasts is counted from the step on, by the store's clock.
///
/// # Errors
///
/// Every method fails with [`StoreError`] where the backend cannot say what is so. A row that is not there is never an
/// error, and an error never means that a row is not there. A step that failed may have been done.
#[diagnostic::on_unimplemented(
    message = "`{Self}` keeps no rows",
    label = "not a `Store`",
    note = "use `MemoryStore::new()` in one process, or implement `Store` and hold it to `store::contract`"
)]
pub trait Store: Send + Sync + 'static {
    /// The row under a key; `None` if there is none, or its time is over.
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Row>, StoreError>>;

    /// Keeps a new row, in its first version, and lists it under each index. False if there is one under the key already:
    /// nothing is changed then.
    fn insert<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        lifetime: Duration,
        indexes: &'a [&'a str],
    ) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Puts a value in place of the one of a version, and ends the lease. With an owner, only if the owner has the lease and
    /// its time is not over; without one, whoever has it: a logout waits for nobody. The row stays in its indexes.
    fn replace<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        value: &'a [u8],
        lifetime: Duration,
        owner: Option<&'a Owner>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>>;

    /// Lets a row last so long from now on, longer or shorter, whatever its version and whoever has its lease; nothing else of
    /// it changes. False if there is none.
    fn touch<'a>(
        &'a self,
        key: &'a str,
        lifetime: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Forgets a row, whatever its version and whoever has its lease. False if there was none.
    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Gives the lease of a row to an owner, if the row has this version and nobody has a lease that is not over.
    fn acquire<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<Acquired, StoreError>>;

    /// Lets an owner's lease last so long from now on. False if the owner has it no more.
    fn renew<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Gives an owner's lease back, and leaves the row as it is. Nothing happens if the owner has it no more.
    fn release<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
    ) -> BoxFuture<'a, Result<(), StoreError>>;

    /// The keys of the rows that are listed under an index, in no order. A row whose time is over, or that was just
    /// forgotten, may still be among them.
    fn keys<'a>(&'a self, index: &'a str) -> BoxFuture<'a, Result<Vec<String>, StoreError>>;
}

/// One store may serve several purposes.
impl<S: Store + ?Sized> Store for Arc<S> {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Row>, StoreError>> {
        (**self).load(key)
    }

    fn insert<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        lifetime: Duration,
        indexes: &'a [&'a str],
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        (**self).insert(key, value, lifetime, indexes)
    }

    fn replace<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        value: &'a [u8],
        lifetime: Duration,
        owner: Option<&'a Owner>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        (**self).replace(key, expected, value, lifetime, owner)
    }

    fn touch<'a>(
        &'a self,
        key: &'a str,
        lifetime: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        (**self).touch(key, lifetime)
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        (**self).remove(key)
    }

    fn acquire<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<Acquired, StoreError>> {
        (**self).acquire(key, expected, owner, lease)
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        (**self).renew(key, owner, lease)
    }

    fn release<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).release(key, owner)
    }

    fn keys<'a>(&'a self, index: &'a str) -> BoxFuture<'a, Result<Vec<String>, StoreError>> {
        (**self).keys(index)
    }
}

#[cfg(test)]
mod tests;
