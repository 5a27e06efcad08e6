//! Rows in the memory of one process.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::http_client::BoxFuture;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::row::{Acquired, Lease, Owner, Replaced, Row, Version, check};

/// Keeps rows in this process: they are gone with it, and no other process sees them.
///
/// A clone is the same store. It holds at most 100,000 rows unless [`most`](Self::most) says otherwise. Whoever inserts a
/// row forgets two that are over, the oldest first; a row too many is [`StoreError::Full`]: nobody's session makes way for
/// another's.
#[derive(Clone)]
pub struct MemoryStore {
    rows: Arc<Mutex<Rows>>,
    most: usize,
}

#[derive(Default)]
pub(super) struct Rows {
    by_key: HashMap<Arc<str>, Stored>,
    by_end: BTreeSet<(Instant, Arc<str>)>,
    /// A name of an index, and a key that is listed under it.
    pub(super) listed: BTreeSet<(Arc<str>, Arc<str>)>,
}

struct Stored {
    version: Version,
    value: Box<[u8]>,
    until: Instant,
    /// Few rows have one at a time.
    lease: Option<Box<(Owner, Instant)>>,
    indexes: Box<[Arc<str>]>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: Arc::default(), most: 100_000 }
    }

    /// How many rows it holds at most.
    #[must_use]
    pub fn most(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// How many rows it holds, those whose time is over and that were not yet forgotten among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows().by_key.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn rows(&self) -> MutexGuard<'_, Rows> {
        // Nothing that can panic is done while the lock is held.
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One step, taken while nobody else looks.
    fn step<T>(
        &self,
        names: &[&str],
        value: &[u8],
        step: impl FnOnce(&mut Rows, Instant) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        check(names, value)?;
        step(&mut self.rows(), Instant::now())
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl Rows {
    /// The row under a key, unless its time is over.
    fn alive(&mut self, key: &str, now: Instant) -> Option<&mut Stored> {
        self.by_key.get_mut(key).filter(|row| now < row.until)
    }

    fn insert(&mut self, key: &str, row: Stored) {
        let key: Arc<str> = key.into();
        for index in &row.indexes {
            self.listed.insert((Arc::clone(index), Arc::clone(&key)));
        }
        self.by_end.insert((row.until, Arc::clone(&key)));
        self.by_key.insert(key, row);
    }

    fn remove(&mut self, key: &str) -> Option<Stored> {
        let (key, row) = self.by_key.remove_entry(key)?;
        for index in &row.indexes {
            self.listed.remove(&(Arc::clone(index), Arc::clone(&key)));
        }
        self.by_end.remove(&(row.until, key));
        Some(row)
    }

    /// The row under a key ends at another time.
    fn prolong(&mut self, key: &str, until: Instant) {
        let Some((key, _)) = self.by_key.get_key_value(key) else { return };
        let key = Arc::clone(key);
        let Some(row) = self.by_key.get_mut(&key) else { return };
        let before = std::mem::replace(&mut row.until, until);
        self.by_end.remove(&(before, Arc::clone(&key)));
        self.by_end.insert((until, key));
    }

    /// Never much at once: others wait meanwhile.
    fn forget_what_is_over(&mut self, now: Instant) {
        for _ in 0..2 {
            let Some((until, key)) = self.by_end.first() else { return };
            if *until > now {
                return;
            }
            let key = Arc::clone(key);
            self.remove(&key);
        }
    }
}

impl Stored {
    fn lease(&self, now: Instant) -> Lease {
        match self.lease.as_deref() {
            None => Lease::Free,
            Some((_, until)) if now < *until => Lease::Held,
            Some(_) => Lease::Over,
        }
    }

    /// Whether the owner has the lease, and its time is not over.
    fn is_leased_to(&self, owner: &Owner, now: Instant) -> bool {
        self.lease.as_deref().is_some_and(|(known, until)| known == owner && now < *until)
    }
}

/// A century is as good as any longer time, and no clock overflows by it.
fn after(now: Instant, time: Duration) -> Instant {
    now + time.min(Duration::from_secs(100 * 366 * 24 * 60 * 60))
}

impl Store for MemoryStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Row>, StoreError>> {
        Box::pin(async move {
            self.step(&[key], &[], |rows, now| {
                let row = rows.alive(key, now);
                Ok(row.map(|row| Row {
                    version: row.version,
                    value: row.value.to_vec(),
                    lease: row.lease(now),
                    left: row.until - now,
                }))
            })
        })
    }

    fn insert<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        lifetime: Duration,
        indexes: &'a [&'a str],
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            let names: Vec<&str> = indexes.iter().copied().chain([key]).collect();
            let most = self.most;
            self.step(&names, value, |rows, now| {
                if rows.alive(key, now).is_some() {
                    return Ok(false);
                }
                rows.remove(key);
                rows.forget_what_is_over(now);
                if rows.by_key.len() >= most {
                    return Err(StoreError::Full { most });
                }
                let row = Stored {
                    version: 1,
                    value: value.into(),
                    until: after(now, lifetime),
                    lease: None,
                    indexes: indexes.iter().map(|index| Arc::from(*index)).collect(),
                };
                rows.insert(key, row);
                Ok(true)
            })
        })
    }

    fn replace<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        value: &'a [u8],
        lifetime: Duration,
        owner: Option<&'a Owner>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        Box::pin(async move {
            self.step(&[key], value, |rows, now| {
                let Some(row) = rows.alive(key, now) else { return Ok(Replaced::Gone) };
                if row.version != expected {
                    return Ok(Replaced::Stale);
                }
                if owner.is_some_and(|owner| !row.is_leased_to(owner, now)) {
                    return Ok(Replaced::NotOwner);
                }
                row.version += 1;
                row.value = value.into();
                row.lease = None;
                let version = row.version;
                rows.prolong(key, after(now, lifetime));
                Ok(Replaced::Yes(version))
            })
        })
    }

    fn touch<'a>(
        &'a self,
        key: &'a str,
        lifetime: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            self.step(&[key], &[], |rows, now| {
                let is_alive = rows.alive(key, now).is_some();
                if is_alive {
                    rows.prolong(key, after(now, lifetime));
                }
                Ok(is_alive)
            })
        })
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            self.step(&[key], &[], |rows, now| {
                let row = rows.remove(key);
                Ok(row.is_some_and(|row| now < row.until))
            })
        })
    }

    fn acquire<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<Acquired, StoreError>> {
        Box::pin(async move {
            self.step(&[key], &[], |rows, now| {
                let Some(row) = rows.alive(key, now) else { return Ok(Acquired::Gone) };
                if row.version != expected {
                    return Ok(Acquired::Stale);
                }
                let before = row.lease(now);
                if before == Lease::Held {
                    return Ok(Acquired::Held);
                }
                row.lease = Some(Box::new((owner.clone(), after(now, lease))));
                Ok(Acquired::Yes { recovered: before == Lease::Over })
            })
        })
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            self.step(&[key], &[], |rows, now| {
                let row = rows.alive(key, now).filter(|row| row.is_leased_to(owner, now));
                let known = row.and_then(|row| row.lease.as_deref_mut());
                Ok(known.map(|(_, until)| *until = after(now, lease)).is_some())
            })
        })
    }

    fn release<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.step(&[key], &[], |rows, now| {
                if let Some(row) = rows.alive(key, now).filter(|row| row.is_leased_to(owner, now)) {
                    row.lease = None;
                }
                Ok(())
            })
        })
    }

    fn keys<'a>(&'a self, index: &'a str) -> BoxFuture<'a, Result<Vec<String>, StoreError>> {
        Box::pin(async move {
            self.step(&[index], &[], |rows, _| {
                let from: Arc<str> = index.into();
                let listed = rows.listed.range((Arc::clone(&from), Arc::from(""))..);
                let keys = listed.take_while(|(name, _)| *name == from);
                Ok(keys.map(|(_, key)| key.to_string()).collect())
            })
        })
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").field("rows", &self.len()).finish_non_exhaustive()
    }
}
