//! A store that is looked at, and that fails when it is told to.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use oauth_providers::BoxFuture;
use oauth_providers::store::{Acquired, Owner, Replaced, Row, Store, StoreError};

/// One process's way to a store: it counts the steps, keeps a copy of what was given, and fails when it is told to.
#[derive(Clone)]
pub struct WatchedStore {
    inner: Arc<dyn Store>,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    steps: BTreeMap<&'static str, usize>,
    given: Vec<(String, Vec<u8>)>,
    is_down: bool,
    faults: VecDeque<(&'static str, Fault)>,
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The step is not done.
    Before,
    /// The step is done, and nobody hears of it.
    After,
    Panic,
}

impl WatchedStore {
    /// The way of the first process.
    pub fn new(inner: impl Store) -> Self {
        Self { inner: Arc::new(inner), seen: Arc::default() }
    }

    /// The way of another process to the same rows.
    #[must_use]
    pub fn of_another_process(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), seen: Arc::default() }
    }

    /// The steps since the last time.
    #[expect(clippy::must_use_candidate, reason = "they are forgotten by looking at them")]
    pub fn steps(&self) -> BTreeMap<&'static str, usize> {
        std::mem::take(&mut self.seen().steps)
    }

    /// From now on every step fails, or none.
    pub fn set_down(&self, is_down: bool) {
        self.seen().is_down = is_down;
    }

    /// The next step of this name fails, and is not done.
    pub fn fail_next(&self, step: &'static str) {
        self.seen().faults.push_back((step, Fault::Before));
    }

    /// The next step of this name is done, and fails.
    pub fn lose_next(&self, step: &'static str) {
        self.seen().faults.push_back((step, Fault::After));
    }

    /// The next step of this name panics.
    pub fn panic_next(&self, step: &'static str) {
        self.seen().faults.push_back((step, Fault::Panic));
    }

    /// Every key with every value that it was given.
    #[must_use]
    pub fn given(&self) -> Vec<(String, Vec<u8>)> {
        self.seen().given.clone()
    }

    fn note(&self, key: &str, value: &[u8]) {
        self.seen().given.push((key.to_owned(), value.to_vec()));
    }

    fn step<'a, T: Send + 'a>(
        &self,
        name: &'static str,
        step: BoxFuture<'a, Result<T, StoreError>>,
    ) -> BoxFuture<'a, Result<T, StoreError>> {
        let mut seen = self.seen();
        *seen.steps.entry(name).or_default() += 1;
        if seen.is_down {
            return Box::pin(async { Err(down()) });
        }
        let fault = seen.faults.iter().position(|(step, _)| *step == name);
        let fault = fault.and_then(|index| seen.faults.remove(index)).map(|(_, fault)| fault);
        drop(seen);
        match fault {
            None => step,
            Some(Fault::Before) => Box::pin(async { Err(down()) }),
            Some(Fault::After) => Box::pin(async {
                step.await?;
                Err(down())
            }),
            Some(Fault::Panic) => panic!("as it was told to"),
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn down() -> StoreError {
    StoreError::unavailable("it is down")
}

impl Store for WatchedStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Row>, StoreError>> {
        self.step("load", self.inner.load(key))
    }

    fn insert<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        lifetime: Duration,
        indexes: &'a [&'a str],
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.note(key, value);
        self.step("insert", self.inner.insert(key, value, lifetime, indexes))
    }

    fn replace<'a>(
        &'a self,
        key: &'a str,
        expected: u64,
        value: &'a [u8],
        lifetime: Duration,
        owner: Option<&'a Owner>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        self.note(key, value);
        self.step("replace", self.inner.replace(key, expected, value, lifetime, owner))
    }

    fn touch<'a>(
        &'a self,
        key: &'a str,
        lifetime: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.step("touch", self.inner.touch(key, lifetime))
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.step("remove", self.inner.remove(key))
    }

    fn acquire<'a>(
        &'a self,
        key: &'a str,
        expected: u64,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<Acquired, StoreError>> {
        self.step("acquire", self.inner.acquire(key, expected, owner, lease))
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.step("renew", self.inner.renew(key, owner, lease))
    }

    fn release<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.step("release", self.inner.release(key, owner))
    }

    fn keys<'a>(&'a self, index: &'a str) -> BoxFuture<'a, Result<Vec<String>, StoreError>> {
        self.step("keys", self.inner.keys(index))
    }
}

impl fmt::Debug for WatchedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WatchedStore").finish_non_exhaustive()
    }
}
