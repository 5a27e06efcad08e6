//! What every [`Store`] must do: a suite for backends, the shipped ones and yours.
//!
//! ```
//! use std::time::Duration;
//!
//! use oauth_runtime::store::{MemoryStore, contract};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?.block_on(async {
//! contract::check(&MemoryStore::new(), tokio::time::sleep).await;
//! # });
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! The keys that it uses begin with `contract:`, so that a store may hold other rows. It waits for leases and rows to be
//! over, about fifteen seconds in all, by the function that it is given: a store in memory may have a clock that jumps.

#![expect(
    clippy::unwrap_used,
    reason = "a store that fails where it must not has failed the suite"
)]

use std::time::Duration;

use crate::entropy::SystemEntropy;
use crate::store::{Acquired, Lease, Owner, Replaced, Row, Store};

/// Holds a store to everything that [`Store`] promises.
///
/// # Panics
///
/// If the store breaks a promise, or fails; the message says which.
pub async fn check<S: Store, Wait: Future<Output = ()>>(
    store: &S,
    wait: impl Fn(Duration) -> Wait,
) {
    rows(store).await;
    versions(store).await;
    values(store).await;
    leases(store, &wait).await;
    ends(store, &wait).await;
    touches(store, &wait).await;
    extremes(store).await;
    indexes(store).await;
    listings(store, &wait).await;
    names(store).await;
    many_at_once(store).await;
}

/// A row is there from its insertion to its removal, and no key holds two.
async fn rows<S: Store>(store: &S) {
    let key = fresh("rows");
    assert_eq!(load(store, &key).await, None, "a store holds nothing that nobody put there");

    assert!(insert(store, &key, b"one").await, "a free key takes a row");
    assert_eq!(load(store, &key).await, Some(row(1, b"one")), "a row is what was put there");
    assert!(!insert(store, &key, b"two").await, "a key that has a row takes no other");
    assert_eq!(load(store, &key).await, Some(row(1, b"one")), "a refused row changes nothing");

    assert!(store.remove(&key).await.unwrap(), "a row that is there can be forgotten");
    assert!(!store.remove(&key).await.unwrap(), "a row is forgotten once");
    assert_eq!(load(store, &key).await, None, "a row that is forgotten is gone");
    assert!(insert(store, &key, b"again").await, "a key is free again");
    assert_eq!(
        load(store, &key).await,
        Some(row(1, b"again")),
        "a new row is in its first version"
    );
}

/// A row is replaced by who knows its version.
async fn versions<S: Store>(store: &S) {
    let key = fresh("versions");
    assert_eq!(replace(store, &key, 1, b"x").await, Replaced::Gone, "nothing is not replaced");
    insert(store, &key, b"one").await;

    assert_eq!(replace(store, &key, 1, b"two").await, Replaced::Yes(2), "a version is one more");
    assert_eq!(
        replace(store, &key, 1, b"three").await,
        Replaced::Stale,
        "a version is replaced once"
    );
    assert_eq!(
        replace(store, &key, 3, b"three").await,
        Replaced::Stale,
        "nobody is ahead of a row"
    );
    assert_eq!(load(store, &key).await, Some(row(2, b"two")), "what is stale changes nothing");
}

/// A value is any bytes, up to a mebibyte.
async fn values<S: Store>(store: &S) {
    let every_byte: Vec<u8> = (0..=255).collect();
    for value in [&[][..], &every_byte, &vec![0xff; 1 << 20]] {
        let key = fresh("values");
        assert!(insert(store, &key, value).await);
        assert_eq!(load(store, &key).await, Some(row(1, value)), "a value is kept as it is");
        assert_eq!(replace(store, &key, 1, value).await, Replaced::Yes(2));
        store.remove(&key).await.unwrap();
    }
    let key = fresh("values");
    let too_large = store.insert(&key, &vec![0; (1 << 20) + 1], HOUR, &[]).await;
    assert!(too_large.is_err(), "a value of more than a mebibyte is refused");
}

/// One owner has a lease until it is given back, spent or over; what it was over for is said to the next.
async fn leases<S: Store, Wait: Future<Output = ()>>(store: &S, wait: &impl Fn(Duration) -> Wait) {
    let (key, one, other) = (fresh("leases"), owner(), owner());
    let acquire = async |version, owner| store.acquire(&key, version, owner, SHORT).await.unwrap();
    assert_eq!(acquire(1, &one).await, Acquired::Gone, "nothing is not leased");
    insert(store, &key, b"one").await;

    assert_eq!(acquire(2, &one).await, Acquired::Stale, "a lease is of a version");
    assert_eq!(acquire(1, &one).await, Acquired::Yes { recovered: false });
    assert_eq!(acquire(1, &other).await, Acquired::Held, "a lease is one owner's");
    assert_eq!(acquire(1, &one).await, Acquired::Held, "an owner gets a lease once");
    assert_eq!(load(store, &key).await.unwrap().lease, Lease::Held);
    assert_eq!(commit(store, &key, 1, &other).await, Replaced::NotOwner, "a lease is its owner's");

    store.release(&key, &other).await.unwrap();
    assert_eq!(acquire(1, &other).await, Acquired::Held, "nobody gives back another's lease");
    store.release(&key, &one).await.unwrap();
    assert_eq!(load(store, &key).await, Some(row(1, b"one")), "a lease given back leaves the row");
    assert_eq!(acquire(1, &other).await, Acquired::Yes { recovered: false });

    wait(SHORT / 2).await;
    assert!(store.renew(&key, &other, SHORT).await.unwrap(), "an owner may go on");
    assert!(!store.renew(&key, &one, SHORT).await.unwrap(), "nobody goes on with another's lease");
    wait(SHORT / 2 + MARGIN).await;
    assert_eq!(acquire(1, &one).await, Acquired::Held, "a renewed lease lasts from then on");
    wait(SHORT).await;
    assert_eq!(load(store, &key).await.unwrap().lease, Lease::Over);
    assert!(
        !store.renew(&key, &other, SHORT).await.unwrap(),
        "a lease that is over is not renewed"
    );
    assert_eq!(commit(store, &key, 1, &other).await, Replaced::NotOwner, "nor is it committed");
    assert_eq!(acquire(1, &one).await, Acquired::Yes { recovered: true }, "the next one is told");

    assert_eq!(commit(store, &key, 1, &one).await, Replaced::Yes(2), "an owner commits");
    assert_eq!(
        load(store, &key).await.unwrap().lease,
        Lease::Free,
        "a commit gives the lease back"
    );
    assert_eq!(acquire(2, &one).await, Acquired::Yes { recovered: false });
    assert_eq!(replace(store, &key, 2, b"ended").await, Replaced::Yes(3), "a logout asks nobody");
    assert_eq!(load(store, &key).await, Some(row(3, b"ended")), "it ends the lease");
    assert_eq!(commit(store, &key, 2, &one).await, Replaced::Stale, "the owner comes too late");
    assert_eq!(commit(store, &key, 3, &one).await, Replaced::NotOwner);
    assert!(!store.renew(&key, &one, SHORT).await.unwrap());
    assert_eq!(acquire(3, &one).await, Acquired::Yes { recovered: false });
    assert!(store.remove(&key).await.unwrap(), "nor does who forgets a row");
    assert_eq!(commit(store, &key, 3, &one).await, Replaced::Gone, "what is forgotten stays so");
    assert!(!store.renew(&key, &one, SHORT).await.unwrap());
}

/// A row whose time is over is not there, and a lease does not prolong it.
async fn ends<S: Store, Wait: Future<Output = ()>>(store: &S, wait: &impl Fn(Duration) -> Wait) {
    let (key, one) = (fresh("ends"), owner());
    assert!(store.insert(&key, b"one", SHORT, &[]).await.unwrap());
    let replaced = store.replace(&key, 1, b"two", SHORT * 2, None).await.unwrap();
    assert_eq!(replaced, Replaced::Yes(2));
    wait(SHORT + MARGIN).await;
    assert_eq!(load(store, &key).await, Some(row(2, b"two")), "a value brings its own end");
    store.acquire(&key, 2, &one, HOUR).await.unwrap();

    wait(SHORT).await;

    assert_eq!(load(store, &key).await, None, "a row whose time is over is gone");
    assert_eq!(commit(store, &key, 2, &one).await, Replaced::Gone);
    assert_eq!(replace(store, &key, 2, b"three").await, Replaced::Gone);
    assert!(!store.renew(&key, &one, HOUR).await.unwrap());
    assert_eq!(store.acquire(&key, 2, &one, HOUR).await.unwrap(), Acquired::Gone);
    assert!(insert(store, &key, b"new").await, "its key is free");
    assert_eq!(load(store, &key).await, Some(row(1, b"new")));
}

/// The longest time that there is is as good as any long one, and none is none.
async fn extremes<S: Store>(store: &S) {
    let (key, one) = (fresh("extremes"), owner());
    assert!(store.insert(&key, b"one", Duration::MAX, &[]).await.unwrap());
    assert!(store.touch(&key, Duration::MAX).await.unwrap());
    let acquired = store.acquire(&key, 1, &one, Duration::MAX).await.unwrap();
    assert_eq!(acquired, Acquired::Yes { recovered: false });
    assert!(store.renew(&key, &one, Duration::MAX).await.unwrap());
    let replaced = store.replace(&key, 1, b"two", Duration::MAX, Some(&one)).await.unwrap();
    assert_eq!(replaced, Replaced::Yes(2));
    assert_eq!(load(store, &key).await, Some(row(2, b"two")), "a row may last for ever");
    store.touch(&key, Duration::ZERO).await.unwrap();
    assert_eq!(load(store, &key).await, None, "a row that lasts no time is gone");
}

/// A row that is touched lasts longer, or shorter, and is otherwise as it was.
async fn touches<S: Store, Wait: Future<Output = ()>>(store: &S, wait: &impl Fn(Duration) -> Wait) {
    let (key, one) = (fresh("touches"), owner());
    assert!(!store.touch(&key, HOUR).await.unwrap(), "nothing is not touched");
    assert!(store.insert(&key, b"one", SHORT, &[]).await.unwrap());
    let left = store.load(&key).await.unwrap().unwrap().left;
    assert!(left <= SHORT && left + MARGIN >= SHORT, "a row says how long it lasts: {left:?}");
    store.acquire(&key, 1, &one, HOUR).await.unwrap();

    assert!(store.touch(&key, SHORT * 2).await.unwrap());
    wait(SHORT + MARGIN).await;
    assert_eq!(load(store, &key).await, Some(Found { lease: Lease::Held, ..row(1, b"one") }));
    assert!(store.touch(&key, SHORT / 2).await.unwrap());
    wait(SHORT / 2 + MARGIN).await;
    assert_eq!(load(store, &key).await, None, "a row may be made to last shorter");
    assert!(!store.touch(&key, HOUR).await.unwrap(), "what is over is not brought back");
}

/// A row is found under each of its indexes, as long as it is there.
async fn indexes<S: Store>(store: &S) {
    let (one, other) = (fresh("indexes"), fresh("indexes"));
    let (subject, session) = (fresh("subject"), fresh("session"));
    let keys = async |index: &str| {
        let mut keys = store.keys(index).await.unwrap();
        keys.sort();
        keys
    };
    assert_eq!(keys(&subject).await, [""; 0], "an index that nobody used lists nothing");

    assert!(store.insert(&one, b"", HOUR, &[&subject, &session]).await.unwrap());
    assert!(store.insert(&other, b"", HOUR, &[&subject]).await.unwrap());
    assert!(!store.insert(&other, b"", HOUR, &[&session]).await.unwrap());
    let mut both = [one.clone(), other.clone()];
    both.sort();
    assert_eq!(keys(&subject).await, both);
    assert_eq!(keys(&session).await, std::slice::from_ref(&one), "a refused row is listed nowhere");
    replace(store, &one, 1, b"two").await;
    assert_eq!(
        keys(&session).await,
        std::slice::from_ref(&one),
        "a row that is replaced stays listed"
    );
    store.remove(&one).await.unwrap();
    assert!(store.insert(&one, b"", HOUR, &[&subject, &subject]).await.unwrap());
    assert_eq!(keys(&subject).await, both, "a row is listed once, however often it is asked for");
    assert!(!keys(&session).await.contains(&one), "what a key was listed under before is over");
    store.remove(&one).await.unwrap();
    for key in keys(&subject).await {
        assert!(
            key == other || load(store, &key).await.is_none(),
            "what is listed and gone is gone"
        );
    }
}

/// A row stays listed as long as it is made to last.
async fn listings<S: Store, Wait: Future<Output = ()>>(
    store: &S,
    wait: &impl Fn(Duration) -> Wait,
) {
    let (one, other, index) = (fresh("listings"), fresh("listings"), fresh("everybody"));
    assert!(store.insert(&one, b"", SHORT, &[&index]).await.unwrap());
    assert!(store.insert(&other, b"", SHORT, &[&index]).await.unwrap());
    assert!(store.touch(&one, HOUR).await.unwrap());
    assert_eq!(replace(store, &other, 1, b"").await, Replaced::Yes(2));

    wait(SHORT + MARGIN).await;

    let mut listed = store.keys(&index).await.unwrap();
    listed.sort();
    let mut both = [one, other];
    both.sort();
    assert_eq!(listed, both, "who logs an account out everywhere finds all of it");
}

/// A name is visible ASCII, and two that differ in anything are two.
async fn names<S: Store>(store: &S) {
    for name in ["", "a b", "a\n", "ä", &"k".repeat(257)] {
        assert!(store.load(name).await.is_err(), "{name:?} is no key");
        assert!(store.keys(name).await.is_err(), "{name:?} is no index");
    }
    let key = fresh("names");
    let long = format!("{key}{}", "k".repeat(256 - key.len()));
    let ends = ["%", "_", "*", "?", "[a]", "'", "\"", "\\", "{x}", "}{", "--", "$1", ":"];
    let mut alike: Vec<String> = ends.iter().map(|end| format!("{key}{end}")).collect();
    alike.extend([key.to_uppercase(), format!("{{{key}}}"), format!("*{key}"), long]);
    assert!(insert(store, &key, b"one").await);
    for other in &alike {
        assert_eq!(load(store, other).await, None, "{other} is another key");
        assert!(store.insert(other, other.as_bytes(), HOUR, &[other]).await.unwrap());
    }
    for other in &alike {
        assert_eq!(load(store, other).await, Some(row(1, other.as_bytes())));
        assert_eq!(store.keys(other).await.unwrap(), [other.as_str()], "{other} is an index");
        store.remove(other).await.unwrap();
    }
    assert_eq!(load(store, &key).await, Some(row(1, b"one")));
}

/// Of many who want a lease one gets it, and of many who replace a version one does.
async fn many_at_once<S: Store>(store: &S) {
    let key = fresh("many");
    insert(store, &key, b"one").await;
    let owners: Vec<Owner> = (0..32).map(|_| owner()).collect();

    let acquired = all(owners.iter().map(|owner| store.acquire(&key, 1, owner, HOUR))).await;
    let winners: Vec<&Owner> = (owners.iter().zip(&acquired))
        .filter(|(_, acquired)| matches!(acquired, Acquired::Yes { .. }))
        .map(|(owner, _)| owner)
        .collect();
    let [winner] = winners[..] else { panic!("{} owners have one lease", winners.len()) };
    store.release(&key, winner).await.unwrap();

    let replaced = all((0..32).map(|_| store.replace(&key, 1, b"two", HOUR, None))).await;
    let done = replaced.iter().filter(|replaced| **replaced == Replaced::Yes(2));
    assert_eq!(done.count(), 1, "one of many replaces a version");
    assert_eq!(load(store, &key).await, Some(row(2, b"two")));

    let other = fresh("many");
    let inserted = all((0..32).map(|_| store.insert(&other, b"", HOUR, &[]))).await;
    assert_eq!(inserted.iter().filter(|inserted| **inserted).count(), 1, "one of many inserts");
}

/// The same step by many, at the same time.
async fn all<T>(
    steps: impl Iterator<Item = impl Future<Output = Result<T, crate::store::StoreError>>>,
) -> Vec<T> {
    let done = futures_util::future::join_all(steps).await;
    done.into_iter().map(Result::unwrap).collect()
}

/// What is there under a key.
#[derive(Debug, PartialEq)]
struct Found {
    version: u64,
    value: Vec<u8>,
    lease: Lease,
}

async fn load<S: Store>(store: &S, key: &str) -> Option<Found> {
    let Row { version, value, lease, .. } = store.load(key).await.unwrap()?;
    Some(Found { version, value, lease })
}

async fn insert<S: Store>(store: &S, key: &str, value: &[u8]) -> bool {
    store.insert(key, value, HOUR, &[]).await.unwrap()
}

async fn replace<S: Store>(store: &S, key: &str, expected: u64, value: &[u8]) -> Replaced {
    store.replace(key, expected, value, HOUR, None).await.unwrap()
}

async fn commit<S: Store>(store: &S, key: &str, expected: u64, owner: &Owner) -> Replaced {
    store.replace(key, expected, b"committed", HOUR, Some(owner)).await.unwrap()
}

fn row(version: u64, value: &[u8]) -> Found {
    Found { version, value: value.to_vec(), lease: Lease::Free }
}

fn owner() -> Owner {
    Owner::random(&SystemEntropy).expect("a test runs where there is randomness")
}

/// A key that no other run has used.
fn fresh(name: &str) -> String {
    format!("contract:{name}:{}", owner().as_str())
}

const HOUR: Duration = Duration::from_secs(3600);
/// How long a lease or a row lasts whose end is waited for.
const SHORT: Duration = Duration::from_millis(1500);
/// How much the clocks may disagree, and a step may take.
const MARGIN: Duration = Duration::from_millis(400);
