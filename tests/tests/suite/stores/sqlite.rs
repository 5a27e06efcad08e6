//! Rows in a SQLite file.

use std::error::Error as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use oauth_providers::store::{
    Acquired, Lease, Replaced, SchemaError, SqliteStore, Store, StoreError, contract,
};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, SqlitePool};
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::stores::in_turn::InTurn;
use crate::stores::{HOUR, at_once, errors, owner, poll, said, schema_error};

#[tokio::test]
async fn sr_04_two_processes_with_one_file_keep_the_contract_together() {
    let file = File::new();

    contract::check(&InTurn::new(file.migrated().await, file.open().await), sleep).await;
}

#[tokio::test]
async fn sr_04_a_pool_of_the_application_keeps_the_contract_beside_its_tables() {
    let file = File::new();
    let pool = file.pool(1, |options| options.create_if_missing(true)).await;
    execute(&pool, "CREATE TABLE users (id INTEGER PRIMARY KEY)").await;
    let store = SqliteStore::from_pool(pool.clone());

    store.migrate().await.unwrap();
    contract::check(&store, sleep).await;

    let foreign = "SELECT count(*) FROM sqlite_schema \
                   WHERE tbl_name <> 'users' AND name NOT LIKE '%oauth\\_%' ESCAPE '\\'";
    assert_eq!(count(&pool, foreign).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_owners_in_two_processes_one_gets_a_lease_and_one_replaces_a_version() {
    let file = File::new();
    let stores = [file.migrated().await, file.open().await];
    for round in 0..5 {
        let key = format!("row{round}");
        assert!(stores[0].insert(&key, b"one", HOUR, &[]).await.unwrap());

        let acquired = at_once(&stores, |store| {
            let key = key.clone();
            async move { store.acquire(&key, 1, &owner(), HOUR).await.unwrap() }
        })
        .await;
        let won = acquired.iter().filter(|it| **it == Acquired::Yes { recovered: false }).count();
        let held = acquired.iter().filter(|it| **it == Acquired::Held).count();
        assert_eq!((won, held), (1, 63));

        let key = format!("other{round}");
        assert!(stores[1].insert(&key, b"one", HOUR, &[]).await.unwrap());
        let replaced = at_once(&stores, |store| {
            let key = key.clone();
            async move { store.replace(&key, 1, b"two", HOUR, None).await.unwrap() }
        })
        .await;
        let won = replaced.iter().filter(|it| **it == Replaced::Yes(2)).count();
        let stale = replaced.iter().filter(|it| **it == Replaced::Stale).count();
        assert_eq!((won, stale), (1, 63));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_at_once_make_one_set_of_tables() {
    for _ in 0..10 {
        let file = File::new();
        let mut processes = JoinSet::new();
        for index in 0..16 {
            let path = file.path.clone();
            processes.spawn(async move {
                let store = SqliteStore::open(path).await.unwrap();
                store.migrate().await.unwrap();
                store.insert(&format!("row{index}"), b"", HOUR, &["all"]).await.unwrap()
            });
        }

        assert_eq!(processes.join_all().await, [true; 16]);
        let store = file.open().await;
        store.migrate().await.unwrap();
        assert_eq!(store.keys("all").await.unwrap().len(), 16);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_file_and_those_beside_it_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let file = File::new();
    let _store = file.migrated().await;

    let mut names = Vec::new();
    for entry in std::fs::read_dir(file.folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, ["rows.sqlite", "rows.sqlite-shm", "rows.sqlite-wal"]);
}

#[tokio::test]
async fn what_is_no_database_is_not_opened() {
    let file = File::new();
    std::fs::write(&file.path, "not a database, and longer than the header of one".repeat(99))
        .unwrap();

    for path in [&file.path, file.folder.path(), &file.folder.path().join("no/such/folder")] {
        let error = SqliteStore::open(path).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        assert!(error.source().is_some());
    }
}

#[tokio::test]
async fn a_name_that_means_something_to_sqlite_is_a_file_of_this_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["file:rows?mode=memory", ":memory:", "100%25.sqlite"] {
        let path = folder.path().join(name);

        SqliteStore::open(&path).await.unwrap().migrate().await.unwrap();

        assert!(std::fs::metadata(path).unwrap().len() > 0, "{name}");
    }
}

#[tokio::test]
async fn a_store_that_was_not_migrated_says_which_call_is_missing() {
    let file = File::new();
    let store = file.open().await;

    for error in errors(&store).await {
        let schema = schema_error(&error);
        assert!(matches!(schema, SchemaError::NotMigrated), "{error:?}");
        assert!(schema.to_string().contains("`migrate`"));
    }

    store.migrate().await.unwrap();
    assert!(store.insert("key", b"", HOUR, &[]).await.unwrap());
}

#[tokio::test]
async fn sr_07_a_database_of_a_newer_version_is_left_alone() {
    let file = File::new();
    file.migrated().await;
    execute(&file.pool(1, |options| options).await, "UPDATE oauth_schema SET version = 99").await;

    let store = file.open().await;

    let mut refused = errors(&store).await;
    refused.push(store.migrate().await.unwrap_err());
    for error in refused {
        let schema = schema_error(&error);
        assert!(matches!(schema, SchemaError::Newer { found: 99, known: 1 }), "{error:?}");
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_written_is_read() {
    let file = File::new();
    file.migrated().await.insert("canary", b"canary", HOUR, &[]).await.unwrap();

    let store = SqliteStore::from_pool(file.pool(1, |options| options.read_only(true)).await);

    store.migrate().await.unwrap();
    assert_eq!(store.load("canary").await.unwrap().unwrap().value, b"canary");
    for error in [
        store.insert("canary2", b"canary", HOUR, &[]).await.unwrap_err(),
        store.replace("canary", 1, b"canary", HOUR, None).await.unwrap_err(),
        store.acquire("canary", 1, &owner(), HOUR).await.unwrap_err(),
        store.remove("canary").await.unwrap_err(),
    ] {
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        assert!(!format!("{error:?} {error}").contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn a_database_that_stays_locked_is_an_error_in_time() {
    let file = File::new();
    let store = file.migrated().await;
    store.insert("key", b"", HOUR, &[]).await.unwrap();
    let hasty = file.pool(1, |options| options.busy_timeout(Duration::from_millis(100))).await;
    let hasty = SqliteStore::from_pool(hasty);
    let other = file.pool(1, |options| options).await;
    let locked = other.begin_with("BEGIN EXCLUSIVE").await.unwrap();

    let begun = Instant::now();
    for error in [
        hasty.acquire("key", 1, &owner(), HOUR).await.unwrap_err(),
        hasty.remove("key").await.unwrap_err(),
        hasty.migrate().await.unwrap_err(),
    ] {
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    }
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    let error = store.acquire("key", 1, &owner(), HOUR).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    assert!(store.load("key").await.unwrap().is_some(), "who reads does not wait");

    locked.rollback().await.unwrap();
    for store in [store, hasty] {
        let owner = owner();
        let acquired = store.acquire("key", 1, &owner, HOUR).await.unwrap();
        assert_eq!(acquired, Acquired::Yes { recovered: false });
        store.release("key", &owner).await.unwrap();
    }
}

#[tokio::test]
async fn columns_take_nothing_that_is_not_theirs() {
    let file = File::new();
    file.migrated().await.insert("key", b"", HOUR, &[]).await.unwrap();
    let pool = file.pool(1, |options| options).await;

    for garbage in ["value = 'text'", "version = -1", "until = 'text'", "owner = 'half a lease'"] {
        let update = AssertSqlSafe(format!("UPDATE oauth_rows SET {garbage}"));
        assert!(sqlx::raw_sql(update).execute(&pool).await.is_err(), "{garbage}");
    }
}

/// Tables that take anything stand for a file that somebody else has written.
#[tokio::test]
async fn garbage_in_a_column_is_an_error_or_no_row() {
    let file = File::new();
    let store = file.migrated().await;
    let pool = file.pool(1, |options| options).await;
    let columns = ["key", "version", "value", "until", "owner", "lease_until"];
    execute(&pool, "DROP TABLE oauth_rows").await;
    execute(&pool, &format!("CREATE TABLE oauth_rows ({}, UNIQUE (key))", columns.join(", ")))
        .await;
    let garbage = [
        "NULL",
        "-1",
        "0",
        "1e300",
        "9223372036854775807",
        "-9223372036854775808",
        "''",
        "'canary'",
        "x'63616e617279'",
        "CAST(x'ff' AS TEXT)",
    ];
    let owner = owner();
    let mut unreadable = 0;
    for column in columns {
        for garbage in garbage {
            execute(&pool, "DELETE FROM oauth_rows").await;
            execute(&pool, "INSERT INTO oauth_rows VALUES ('key', 1, x'00', 1 << 62, NULL, NULL)")
                .await;
            execute(&pool, &format!("UPDATE oauth_rows SET {column} = {garbage}")).await;

            let loaded = store.load("key").await.map(|row| row.map(|row| (row.version, row.lease)));
            let steps = [
                loaded.as_ref().err().map(ToString::to_string),
                said(store.renew("key", &owner, HOUR).await),
                said(store.release("key", &owner).await),
                said(store.touch("key", HOUR).await),
                said(store.acquire("key", 1, &owner, HOUR).await),
                said(store.replace("key", 1, b"", HOUR, Some(&owner)).await),
                said(store.replace("key", i64::MAX as u64, b"", HOUR, None).await),
                said(store.insert("key", b"", HOUR, &[]).await),
                said(store.remove("key").await),
            ];

            assert!(
                matches!(
                    loaded,
                    Ok(None | Some((1.., Lease::Free))) | Err(StoreError::Unreadable { .. })
                ),
                "{column} = {garbage}: {loaded:?}"
            );
            if column == "value" {
                assert_eq!(loaded.is_ok(), garbage.starts_with('x'), "a value is bytes: {garbage}");
            }
            unreadable += usize::from(loaded.is_err());
            for error in steps.into_iter().flatten() {
                assert!(error.contains("cannot be read"), "{column} = {garbage}: {error}");
                assert!(!error.contains("canary"), "{error}");
            }
            assert!(store.insert("key", b"", HOUR, &[]).await.unwrap(), "{column} = {garbage}");
        }
    }
    assert!(unreadable > 30, "{unreadable}");

    execute(&pool, "INSERT INTO oauth_indexes VALUES ('index', CAST(x'ff' AS TEXT))").await;
    assert!(matches!(store.keys("index").await, Err(StoreError::Unreadable { .. })));
}

#[tokio::test]
async fn a_time_of_any_length_is_taken() {
    let file = File::new();
    let store = file.migrated().await;
    let owner = owner();

    assert!(store.insert("ever", b"", Duration::MAX, &[]).await.unwrap());
    let acquired = store.acquire("ever", 1, &owner, Duration::MAX).await.unwrap();
    assert_eq!(acquired, Acquired::Yes { recovered: false });
    assert!(store.renew("ever", &owner, Duration::MAX).await.unwrap());
    assert_eq!(store.load("ever").await.unwrap().unwrap().lease, Lease::Held);
    let replaced = store.replace("ever", 1, b"", Duration::MAX, Some(&owner)).await.unwrap();
    assert_eq!(replaced, Replaced::Yes(2));
    assert!(store.touch("ever", Duration::MAX).await.unwrap());
    assert!(store.load("ever").await.unwrap().unwrap().left > HOUR * 24 * 365 * 999);

    assert!(store.insert("never", b"", Duration::ZERO, &[]).await.unwrap());
    assert_eq!(store.load("never").await.unwrap().map(|row| row.version), None);
}

#[tokio::test]
async fn sr_05_what_is_over_is_forgotten_at_insertions_and_never_much_at_once() {
    let file = File::new();
    let store = file.migrated().await;
    for index in 0..250 {
        store.insert(&format!("row{index}"), b"", HOUR, &["all"]).await.unwrap();
    }
    let pool = file.pool(1, |options| options).await;
    execute(&pool, "UPDATE oauth_rows SET until = 0").await;

    let mut left = Vec::new();
    for index in 0..4 {
        store.insert(&format!("new{index}"), b"", HOUR, &["all"]).await.unwrap();
        let rows = count(&pool, "SELECT count(*) FROM oauth_rows").await;
        assert_eq!(store.keys("all").await.unwrap().len(), usize::try_from(rows).unwrap());
        left.push(rows);
    }

    assert_eq!(left, [151, 52, 3, 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn cc_09_a_pool_of_one_connection_serves_64_tasks() {
    let file = File::new();
    file.migrated().await;
    let store = SqliteStore::from_pool(file.pool(1, |options| options).await);
    let mut tasks = JoinSet::new();
    for index in 0..64 {
        let store = store.clone();
        tasks.spawn(async move {
            let (key, owner) = (format!("key{index}"), owner());
            assert!(store.insert(&key, b"one", HOUR, &["all"]).await.unwrap());
            store.acquire(&key, 1, &owner, HOUR).await.unwrap();
            assert!(store.renew(&key, &owner, HOUR).await.unwrap());
            let replaced = store.replace(&key, 1, b"two", HOUR, Some(&owner)).await.unwrap();
            assert_eq!(replaced, Replaced::Yes(2));
            assert_eq!(store.load(&key).await.unwrap().unwrap().version, 2);
        });
    }

    tasks.join_all().await;
    assert_eq!(store.keys("all").await.unwrap().len(), 64);
}

#[tokio::test]
async fn a_step_that_is_dropped_is_done_or_not_done() {
    let lease = Duration::from_millis(300);
    let file = File::new();
    file.migrated().await;
    let store = SqliteStore::from_pool(file.pool(1, |options| options).await);
    let owner = owner();
    let mut done = [0; 3];
    for polls in 0..30 {
        let (key, list) = (format!("inserted{polls}"), format!("list{polls}"));
        poll(polls, store.insert(&key, b"", HOUR, &[&list, "all"])).await;
        let inserted = usize::from(store.load(&key).await.unwrap().is_some());
        assert_eq!(store.keys(&list).await.unwrap().len(), inserted, "a row is in its indexes");

        let key = format!("replaced{polls}");
        store.insert(&key, b"one", HOUR, &[]).await.unwrap();
        poll(polls, store.replace(&key, 1, b"two", HOUR, None)).await;
        let row = store.load(&key).await.unwrap().unwrap();
        assert!(matches!((row.version, &*row.value), (1, b"one") | (2, b"two")));

        let key = format!("leased{polls}");
        store.insert(&key, b"", HOUR, &[]).await.unwrap();
        poll(polls, store.acquire(&key, 1, &owner, lease)).await;
        let leased = store.load(&key).await.unwrap().unwrap().lease == Lease::Held;

        done[0] += inserted;
        done[1] += usize::from(row.version == 2);
        done[2] += usize::from(leased);
    }
    assert!(done.iter().all(|done| (1..30).contains(done)), "dropped early and late: {done:?}");

    sleep(lease + Duration::from_millis(50)).await;
    for polls in 0..30 {
        let acquired = store.acquire(&format!("leased{polls}"), 1, &owner, HOUR).await.unwrap();
        assert!(matches!(acquired, Acquired::Yes { .. }), "after {polls} polls: {acquired:?}");
    }
}

/// A file in a folder of its own, which goes with it.
struct File {
    folder: TempDir,
    path: PathBuf,
}

impl File {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.sqlite");
        Self { folder, path }
    }

    async fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.path).await.unwrap()
    }

    async fn migrated(&self) -> SqliteStore {
        let store = self.open().await;
        store.migrate().await.unwrap();
        store
    }

    /// Connections of somebody else.
    async fn pool(
        &self,
        most: u32,
        with: impl FnOnce(SqliteConnectOptions) -> SqliteConnectOptions,
    ) -> SqlitePool {
        let options = with(SqliteConnectOptions::new().filename(&self.path));
        SqlitePoolOptions::new().max_connections(most).connect_with(options).await.unwrap()
    }
}

async fn execute(pool: &SqlitePool, statement: &str) {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(pool).await.unwrap();
}

async fn count(pool: &SqlitePool, statement: &'static str) -> i64 {
    sqlx::query_scalar(statement).fetch_one(pool).await.unwrap()
}
