//! P10: what a session that nobody uses costs in memory, and what a login under way does: the bytes that are asked for.
//!
//! What the allocator adds to them, and what it keeps for later, is not in them.

use std::sync::Arc;
use std::time::Duration;

use allocation_counter::measure;
use http::{Request, StatusCode};
use oauth_providers::store::{MemoryStore, Store as _};
use oauth_providers::{Emulator, Sessions};
use oauth_tests::{WatchedStore, key_ring};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;

use crate::application::{Bench, application_with, log_in, token_answer};
use crate::guarded::{KEPT, Kept};
use crate::table::{Aim, Row, Seen};

const FEW: u32 = 10_000;
const MANY: u32 = 100_000;
const LOGINS: u32 = 1_000;

pub(crate) fn row() -> Row {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let (key, value) = row_of_a_session(&runtime);
    #[expect(clippy::cast_precision_loss, reason = "some thousand bytes")]
    let sealed = value.len() as f64;
    let ours = |rows, listed| of_a_row(&runtime, &key, &value, rows, listed);
    let (few, many, listed) = (ours(FEW, false), ours(MANY, false), ours(MANY, true));
    let theirs = of_tower_sessions(&runtime, MANY);
    Row {
        work: "memory of an idle session with 1.5 KB of tokens",
        seen: Seen::bytes(
            ("sealed tokens", sealed),
            &[
                ("`MemoryStore`, 10,000 sessions", few),
                ("100,000", many),
                ("100,000, each of another account", listed),
            ],
            &[("`tower-sessions`, 100,000", theirs)],
        ),
        aims: vec![
            Aim::at_most(200.0, "bytes beyond the sealed ones, of 10,000", few - sealed),
            Aim::at_most(200.0, "of 100,000", many - sealed),
            Aim::at_most(200.0, "each of another account", listed - sealed),
            Aim::at_most(0.0, "bytes of a login under way", of_a_pending_login(&runtime)),
        ],
    }
}

/// What a store is given when a browser logs in.
fn row_of_a_session(runtime: &Runtime) -> (String, Vec<u8>) {
    let store = WatchedStore::new(MemoryStore::new());
    let emulator = Emulator::of(Bench);
    let oauth = application_with(Sessions::new(store.clone(), key_ring()), emulator.clone());
    runtime.block_on(log_in(&oauth, &emulator, token_answer(true)));
    let [row] = <[_; 1]>::try_from(store.given()).unwrap();
    row
}

/// Bytes of a row among so many like this one, which may be listed under an account.
fn of_a_row(runtime: &Runtime, key: &str, value: &[u8], rows: u32, listed: bool) -> f64 {
    let store = MemoryStore::new();
    let insert = async {
        for row in 0..rows {
            // As long as the key that was seen, and that of an account as it is made.
            let key = format!("{}{row:010}", &key[..key.len() - 10]);
            let account = key.replace("session:", "account:");
            let indexes = if listed { &[account.as_str()][..] } else { &[] };
            assert!(store.insert(&key, value, WEEK, indexes).await.unwrap());
        }
    };
    let each = each(rows, || runtime.block_on(insert));
    assert_eq!(store.len(), usize::try_from(rows).unwrap());
    each
}

/// The same in the store of `tower-sessions`.
fn of_tower_sessions(runtime: &Runtime, rows: u32) -> f64 {
    let store = Arc::new(tower_sessions::MemoryStore::default());
    let kept = Kept::new();
    each(rows, || {
        runtime.block_on(async {
            for _ in 0..rows {
                let session = tower_sessions::Session::new(None, store.clone(), None);
                session.insert(KEPT, &kept).await.unwrap();
                session.save().await.unwrap();
            }
        });
    })
}

/// What the server keeps of a login that its browser has begun.
fn of_a_pending_login(runtime: &Runtime) -> f64 {
    let store = MemoryStore::new();
    let sessions = Sessions::new(store.clone(), key_ring());
    let oauth = application_with(sessions, Emulator::of(Bench));
    let begin = |logins| {
        runtime.block_on(async {
            for _ in 0..logins {
                let login = Request::get("https://app.example/login").body(String::new()).unwrap();
                let begun = oauth.login().oneshot(login).await.unwrap();
                assert_eq!(begun.status(), StatusCode::SEE_OTHER);
            }
        });
    };
    begin(1);
    let each = each(LOGINS, || begin(LOGINS));
    assert!(store.is_empty());
    each
}

/// What is left of a piece of work when so many are done.
#[expect(clippy::cast_precision_loss, reason = "some hundred megabytes")]
fn each(pieces: u32, work: impl FnOnce()) -> f64 {
    measure(work).bytes_current as f64 / f64::from(pieces)
}

const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);
