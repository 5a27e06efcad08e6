//! The store in memory: what it promises beyond the contract.

use std::time::Duration;

use crate::entropy::SystemEntropy;
use crate::store::{MemoryStore, Owner, Store, StoreError};

const MINUTE: Duration = Duration::from_secs(60);

#[cfg(feature = "store-contract")]
#[tokio::test(start_paused = true)]
async fn sr_04_a_store_in_memory_keeps_the_contract() {
    crate::store::contract::check(&MemoryStore::new(), tokio::time::sleep).await;
}

#[tokio::test(start_paused = true)]
async fn sr_08_a_row_too_many_is_refused_and_what_is_over_makes_room() {
    let store = MemoryStore::new().most(2);
    store.insert("short", b"", MINUTE, &["everybody"]).await.unwrap();
    store.insert("long", b"", MINUTE * 2, &["everybody"]).await.unwrap();

    let full = store.insert("third", b"", MINUTE, &[]).await.unwrap_err();
    assert!(matches!(full, StoreError::Full { most: 2 }), "{full}");
    assert!(!store.insert("long", b"", MINUTE, &[]).await.unwrap());

    tokio::time::advance(MINUTE).await;
    assert!(store.insert("third", b"", MINUTE, &["everybody"]).await.unwrap());
    assert_eq!(store.len(), 2);
    let mut listed = store.keys("everybody").await.unwrap();
    listed.sort();
    assert_eq!(listed, ["long", "third"]);
}

#[tokio::test(start_paused = true)]
async fn sr_05_what_is_over_is_forgotten_at_insertions_and_never_much_at_once() {
    let store = MemoryStore::new();
    for index in 0..4 {
        store.insert(&format!("short{index}"), b"", MINUTE, &["all"]).await.unwrap();
    }
    store.insert("prolonged", b"", MINUTE, &["all"]).await.unwrap();
    assert!(store.touch("prolonged", MINUTE * 3).await.unwrap());
    store.insert("shortened", b"", MINUTE * 3, &["all"]).await.unwrap();
    store.replace("shortened", 1, b"", MINUTE, None).await.unwrap();
    tokio::time::advance(MINUTE).await;

    let mut left = Vec::new();
    for index in 0..4 {
        store.insert(&format!("new{index}"), b"", MINUTE, &[]).await.unwrap();
        left.push((store.len(), store.keys("all").await.unwrap().len()));
    }

    assert_eq!(left, [(5, 4), (4, 2), (4, 1), (5, 1)]);
    assert!(store.load("prolonged").await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn what_is_forgotten_leaves_nothing_behind() {
    let store = MemoryStore::new();
    let owner = Owner::random(&SystemEntropy).unwrap();
    for index in 0..100 {
        let (key, list) = (format!("key{index}"), format!("list{index}"));
        store.insert(&key, b"value", MINUTE, &[&list, "all"]).await.unwrap();
        store.acquire(&key, 1, &owner, MINUTE).await.unwrap();
    }

    for index in 0..100 {
        assert!(store.remove(&format!("key{index}")).await.unwrap());
    }

    assert!(store.is_empty());
    assert_eq!(store.keys("all").await.unwrap(), [""; 0]);
    assert_eq!(store.rows().listed.len(), 0);
}

#[test]
fn debug_shows_no_value() {
    let store = MemoryStore::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        store.insert("key", b"canary", MINUTE, &[]).await.unwrap();
        let row = store.load("key").await.unwrap();

        assert!(!format!("{row:?} {store:?}").contains("canary"));
        assert!(!format!("{row:?}").contains("99, 97, 110"));
    });
}
