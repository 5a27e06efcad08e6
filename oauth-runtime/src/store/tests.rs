//! The store in memory: what it promises beyond the contract.

use std::time::Duration;

use crate::entropy::SystemEntropy;
use crate::store::{MemoryStore, Owner, Store, StoreError};

const MINUTE: Duration = Duration::from_secs(60);

#[cfg(feature = "store-contract")]
#[tokio::test(start_paused = true)]
async fn a_store_in_memory_keeps_the_contract() {
    crate::store::contract::check(&MemoryStore::new(), tokio::time::sleep).await;
}

#[tokio::test(start_paused = true)]
async fn a_row_too_many_is_refused_and_what_is_over_makes_room() {
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
    assert_eq!(store.rows().by_index.len(), 0);
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
