//! Stores that outlive a process: what each promises beyond the contract, and what it answers when its backend does not.

mod in_turn;
mod postgres;
mod sqlite;

use std::error::Error as _;
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use oauth_providers::store::{Owner, SchemaError, Store, StoreError};
use oauth_providers::{BoxFuture, SystemEntropy};
use tokio::task::JoinSet;
use tokio::time::sleep;

const HOUR: Duration = Duration::from_secs(3600);

/// A step by 32 tasks on each store.
async fn at_once<S: Clone, T: Send + 'static, Step: Future<Output = T> + Send + 'static>(
    stores: &[S; 2],
    step: impl Fn(S) -> Step,
) -> Vec<T> {
    let mut tasks = JoinSet::new();
    for _ in 0..32 {
        for store in stores {
            tasks.spawn(step(store.clone()));
        }
    }
    tasks.join_all().await
}

/// What each step answers that a store does not take.
async fn errors<S: Store>(store: &S) -> Vec<StoreError> {
    let owner = owner();
    vec![
        store.load("key").await.unwrap_err(),
        store.insert("key", b"", HOUR, &[]).await.unwrap_err(),
        store.replace("key", 1, b"", HOUR, None).await.unwrap_err(),
        store.touch("key", HOUR).await.unwrap_err(),
        store.remove("key").await.unwrap_err(),
        store.acquire("key", 1, &owner, HOUR).await.unwrap_err(),
        store.renew("key", &owner, HOUR).await.unwrap_err(),
        store.release("key", &owner).await.unwrap_err(),
        store.keys("index").await.unwrap_err(),
    ]
}

fn schema_error(error: &StoreError) -> &SchemaError {
    error.source().unwrap().downcast_ref().unwrap()
}

fn said<T>(done: Result<T, StoreError>) -> Option<String> {
    done.err().map(|error| error.to_string())
}

/// Polls a step so many times, and drops it.
async fn poll<T>(polls: usize, mut step: BoxFuture<'_, T>) {
    for _ in 0..polls {
        if poll_fn(|cx| Poll::Ready(step.as_mut().poll(cx).is_ready())).await {
            return;
        }
        sleep(Duration::from_millis(1)).await;
    }
}

fn owner() -> Owner {
    Owner::random(&SystemEntropy).unwrap()
}
