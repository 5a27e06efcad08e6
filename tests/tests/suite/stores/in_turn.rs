//! Two stores over one backend, as two processes have them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use oauth_providers::BoxFuture;
use oauth_providers::store::{Acquired, Owner, Replaced, Row, Store, StoreError, Version};

/// Takes each step on the store that did not take the one before.
pub(super) struct InTurn<S> {
    stores: [S; 2],
    steps: AtomicUsize,
}

impl<S> InTurn<S> {
    pub(super) fn new(one: S, other: S) -> Self {
        Self { stores: [one, other], steps: AtomicUsize::new(0) }
    }

    fn next(&self) -> &S {
        &self.stores[self.steps.fetch_add(1, Ordering::Relaxed) % 2]
    }
}

impl<S: Store> Store for InTurn<S> {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Row>, StoreError>> {
        self.next().load(key)
    }

    fn insert<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        lifetime: Duration,
        indexes: &'a [&'a str],
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.next().insert(key, value, lifetime, indexes)
    }

    fn replace<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        value: &'a [u8],
        lifetime: Duration,
        owner: Option<&'a Owner>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        self.next().replace(key, expected, value, lifetime, owner)
    }

    fn touch<'a>(
        &'a self,
        key: &'a str,
        lifetime: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.next().touch(key, lifetime)
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.next().remove(key)
    }

    fn acquire<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<Acquired, StoreError>> {
        self.next().acquire(key, expected, owner, lease)
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.next().renew(key, owner, lease)
    }

    fn release<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.next().release(key, owner)
    }

    fn keys<'a>(&'a self, index: &'a str) -> BoxFuture<'a, Result<Vec<String>, StoreError>> {
        self.next().keys(index)
    }
}
