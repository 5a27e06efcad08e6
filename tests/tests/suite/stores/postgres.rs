//! Rows in PostgreSQL.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http::StatusCode;
use oauth_providers::store::{
    Acquired, Lease, PostgresError, PostgresStore, Replaced, SchemaError, Store, StoreError,
    contract,
};
use oauth_providers::{Accounts, Admission, Emulator, Endpoint, Sessions};
use oauth_tests::{Postgres, StoppedClock, World, key_ring};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::providers::Acme;
use crate::stores::in_turn::InTurn;
use crate::stores::{HOUR, at_once, errors, owner, poll, said, schema_error};

#[tokio::test]
async fn sr_04_two_machines_with_one_postgres_keep_the_contract_together() {
    let Some(database) = Database::new().await else { return };
    let [one, other] = database.machines().await;

    contract::check(&InTurn::new(one, other), sleep).await;
}

#[tokio::test]
async fn sr_04_postgres_keeps_the_contract_where_transactions_are_serializable() {
    let Some(database) = Database::new().await else { return };
    database.migrated().await;
    let strict = |options: PgConnectOptions| {
        options.options([("default_transaction_isolation", "serializable")])
    };
    let strict = PostgresStore::from_pool(database.pool(4, strict).await);

    contract::check(&strict, sleep).await;
}

#[tokio::test]
async fn sr_04_postgres_keeps_the_contract_in_a_schema_of_the_application_and_nowhere_else() {
    let Some(database) = Database::new().await else { return };
    let pool = database.pool(2, |options| options.options([("search_path", "app")])).await;
    execute(&pool, "CREATE SCHEMA app; CREATE TABLE users (id bigint PRIMARY KEY)").await;
    let store = PostgresStore::from_pool(pool.clone());

    store.migrate().await.unwrap();
    contract::check(&store, sleep).await;

    let foreign = "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace \
                   WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') \
                   AND (nspname <> 'app' OR relname !~ '^(oauth_|users)')";
    assert_eq!(count(&pool, foreign).await, 0);
    let elsewhere = errors(&database.open().await).await.remove(0);
    assert!(matches!(schema_error(&elsewhere), SchemaError::NotMigrated), "{elsewhere:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_owners_on_two_machines_one_gets_a_lease_and_one_replaces_a_version() {
    let Some(database) = Database::new().await else { return };
    let stores = database.machines().await;
    for round in 0..10 {
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

        let key = format!("new{round}");
        let inserted = at_once(&stores, |store| {
            let key = key.clone();
            async move { store.insert(&key, b"", HOUR, &["all"]).await.unwrap() }
        })
        .await;
        assert_eq!(inserted.iter().filter(|it| **it).count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_replacement_is_lost_among_many() {
    let Some(database) = Database::new().await else { return };
    let stores = database.machines().await;
    stores[0].insert("count", b"0", HOUR, &[]).await.unwrap();

    let done = at_once(&stores, |store| async move {
        let mut done = 0;
        while done < 5 {
            let row = store.load("count").await.unwrap().unwrap();
            let next: u64 = String::from_utf8(row.value).unwrap().parse::<u64>().unwrap() + 1;
            let next = next.to_string();
            match store.replace("count", row.version, next.as_bytes(), HOUR, None).await.unwrap() {
                Replaced::Yes(_) => done += 1,
                other => assert_eq!(other, Replaced::Stale),
            }
        }
        done
    })
    .await;

    let row = stores[0].load("count").await.unwrap().unwrap();
    let all: u64 = done.iter().sum();
    assert_eq!((row.version, &*row.value), (all + 1, all.to_string().as_bytes()));
}

/// Each round every key is over and wanted by many, who meet what the others forget.
#[tokio::test(flavor = "multi_thread")]
async fn insertions_over_rows_that_are_over_never_end_in_a_deadlock() {
    let Some(database) = Database::new().await else { return };
    let stores = database.machines().await;
    let pool = database.pool(1, |options| options).await;
    for round in 0..20 {
        execute(&pool, "UPDATE oauth_rows SET until = 0").await;
        let next = AtomicUsize::new(0);
        let inserted = at_once(&stores, |store| {
            let key = format!("key{}", next.fetch_add(1, Ordering::Relaxed) % 16);
            let list = format!("round{round}");
            async move { store.insert(&key, b"", HOUR, &[&list]).await.unwrap() }
        })
        .await;

        assert_eq!(inserted.iter().filter(|it| **it).count(), 16, "round {round}");
        assert_eq!(stores[0].keys(&format!("round{round}")).await.unwrap().len(), 16);
        assert_eq!(count(&pool, "SELECT count(*) FROM oauth_indexes").await, 16);
    }
    let undone = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    assert_eq!(count(&pool, undone).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_at_once_make_one_set_of_tables_in_postgres() {
    let Some(database) = Database::new().await else { return };
    let mut processes = JoinSet::new();
    for index in 0..8 {
        let url = database.url();
        processes.spawn(async move {
            let store = PostgresStore::connect(&url).await.unwrap();
            store.migrate().await.unwrap();
            store.insert(&format!("row{index}"), b"", HOUR, &["all"]).await.unwrap()
        });
    }

    assert_eq!(processes.join_all().await, [true; 8]);
    let store = database.open().await;
    store.migrate().await.unwrap();
    assert_eq!(store.keys("all").await.unwrap().len(), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn cc_09_a_pool_of_one_connection_to_postgres_serves_64_tasks() {
    let Some(database) = Database::new().await else { return };
    database.migrated().await;
    let store = PostgresStore::from_pool(database.pool(1, |options| options).await);
    let mut tasks = JoinSet::new();
    for index in 0..64 {
        let store = store.clone();
        tasks.spawn(async move {
            let (key, owner) = (format!("key{index}"), owner());
            assert!(store.insert(&key, b"one", HOUR, &["all", "all"]).await.unwrap());
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
async fn cc_09_nobody_holds_the_one_connection_while_a_token_is_renewed() {
    let Some(database) = Database::new().await else { return };
    database.migrated().await;
    let store = PostgresStore::from_pool(database.pool(1, |options| options).await);
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone()).expire_in(HOUR).rotate_refresh();
    let world = World::around(Acme, emulator, clock, |builder| {
        let accounts = Accounts::in_store(store.clone(), key_ring());
        let named = |_| async { Ok(Admission::new().account("ada")) };
        builder.persistence(Sessions::new(store, key_ring())).accounts(accounts).on_login(named)
    });
    let mut browser = world.browser();
    browser.open("/").await;
    world.clock.advance(HOUR);
    let held = world.emulator.hold_next(Endpoint::Token);
    let mut tasks = JoinSet::new();
    for _ in 0..50 {
        let (mut tab, job) = (browser.clone(), world.oauth.clone());
        tasks.spawn(async move { tab.look_at("/").await.status() });
        tasks.spawn(async move {
            let client = job.client_for("ada").await.unwrap();
            client.get("/x").unwrap().send().await.unwrap().status()
        });
    }
    while world.emulator.refreshes() == 0 {
        tokio::task::yield_now().await;
    }

    let waiting = "SELECT count(*) FROM pg_stat_activity \
                   WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    assert_eq!(count(&database.pool(1, |options| options).await, waiting).await, 0);
    drop(held);

    assert_eq!(tasks.join_all().await, [StatusCode::OK; 100]);
    assert_eq!(world.emulator.refreshes(), 1);
}

#[tokio::test]
async fn a_server_that_is_gone_is_an_error_in_time_and_one_that_is_back_goes_on() {
    let Some(server) = Postgres::start() else { return };
    let database = Database { server: Arc::new(server), name: "postgres".to_owned() };
    let store = database.migrated().await;
    store.insert("key", b"one", HOUR, &[]).await.unwrap();

    database.server.stop();

    let begun = Instant::now();
    let (url, owner) = (database.url(), owner());
    let (load, insert, acquire, again) = tokio::join!(
        store.load("key"),
        store.insert("other", b"", HOUR, &[]),
        store.acquire("key", 1, &owner, HOUR),
        PostgresStore::connect(&url),
    );
    for error in [load.err(), insert.err(), acquire.err(), again.err()] {
        let error = error.unwrap();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        no_secret(&error);
    }
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());

    database.server.go_on();

    assert_eq!(store.load("key").await.unwrap().unwrap().value, b"one");
    assert!(store.insert("other", b"", HOUR, &[]).await.unwrap());
}

#[tokio::test]
async fn connections_that_the_server_ends_are_made_anew() {
    let Some(database) = Database::new().await else { return };
    let [store, _] = database.machines().await;
    store.insert("key", b"one", HOUR, &[]).await.unwrap();
    let own = database.pool(1, |options| options).await;
    for _ in 0..3 {
        // As many connections as there may be, and all of them idle.
        let mut tasks = JoinSet::new();
        for _ in 0..16 {
            let store = store.clone();
            tasks.spawn(async move { store.load("key").await.unwrap().is_some() });
        }
        assert_eq!(tasks.join_all().await, [true; 16]);
        execute(
            &own,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .await;

        if let Err(error) = store.touch("key", HOUR).await {
            assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        }
        assert!(store.touch("key", HOUR).await.unwrap());
    }
}

#[tokio::test]
async fn who_waits_for_a_row_reads_the_clock_when_it_has_it() {
    let lease = Duration::from_secs(1);
    let Some(database) = Database::new().await else { return };
    let store = database.migrated().await;
    let (one, other) = (owner(), owner());
    store.insert("key", b"one", HOUR, &[]).await.unwrap();
    store.acquire("key", 1, &one, lease).await.unwrap();
    let pool = database.pool(1, |options| options).await;
    let mut locked = pool.begin().await.unwrap();
    sqlx::query("SELECT FROM oauth_rows FOR UPDATE").execute(&mut *locked).await.unwrap();

    let waits = tokio::spawn({
        let (store, other) = (store.clone(), other.clone());
        async move { store.acquire("key", 1, &other, lease).await.unwrap() }
    });
    sleep(lease + Duration::from_millis(200)).await;
    // Nothing was changed: PostgreSQL does not look at the row again.
    locked.rollback().await.unwrap();

    assert_eq!(waits.await.unwrap(), Acquired::Yes { recovered: true });
    assert!(store.renew("key", &other, lease).await.unwrap(), "its lease lasts from then on");
}

#[tokio::test]
async fn a_row_that_somebody_has_locked_is_an_error_in_time() {
    let Some(database) = Database::new().await else { return };
    let store = database.migrated().await;
    store.insert("key", b"one", HOUR, &[]).await.unwrap();
    let pool = database.pool(1, |options| options).await;
    let mut locked = pool.begin().await.unwrap();
    sqlx::query("SELECT FROM oauth_rows FOR UPDATE").execute(&mut *locked).await.unwrap();

    let begun = Instant::now();
    let error = store.acquire("key", 1, &owner(), HOUR).await.unwrap_err();

    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(13), "{:?}", begun.elapsed());
    assert!(store.load("key").await.unwrap().is_some(), "who reads does not wait");
    locked.rollback().await.unwrap();
    assert!(store.touch("key", HOUR).await.unwrap());
}

#[tokio::test]
async fn a_step_on_postgres_that_is_dropped_is_done_or_not_done() {
    let lease = Duration::from_millis(300);
    let Some(database) = Database::new().await else { return };
    database.migrated().await;
    let store = PostgresStore::from_pool(database.pool(1, |options| options).await);
    let owner = owner();
    let mut done = [0; 3];
    for polls in 0..40 {
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
    assert!(done.iter().all(|done| (1..40).contains(done)), "dropped early and late: {done:?}");

    sleep(lease + Duration::from_millis(50)).await;
    for polls in 0..40 {
        let acquired = store.acquire(&format!("leased{polls}"), 1, &owner, HOUR).await.unwrap();
        assert!(matches!(acquired, Acquired::Yes { .. }), "after {polls} polls: {acquired:?}");
    }
}

#[tokio::test]
async fn columns_of_postgres_take_nothing_that_is_not_theirs() {
    let Some(database) = Database::new().await else { return };
    database.migrated().await.insert("key", b"", HOUR, &[]).await.unwrap();
    let pool = database.pool(1, |options| options).await;

    for garbage in ["value = NULL", "version = -1", "until = NULL", "owner = 'half a lease'"] {
        let update = AssertSqlSafe(format!("UPDATE oauth_rows SET {garbage}"));
        assert!(sqlx::raw_sql(update).execute(&pool).await.is_err(), "{garbage}");
    }
}

/// Tables without their constraints stand for rows that somebody else has written.
#[tokio::test]
async fn garbage_in_a_column_of_postgres_is_an_error_or_no_row() {
    let Some(database) = Database::new().await else { return };
    let store = database.migrated().await;
    let pool = database.pool(1, |options| options).await;
    execute(
        &pool,
        "DROP TABLE oauth_indexes, oauth_rows;
         CREATE TABLE oauth_rows (key text UNIQUE, version bigint, value bytea, until bigint, \
                                  owner text, lease_until bigint);
         CREATE TABLE oauth_indexes (name text, key text)",
    )
    .await;
    let numbers = ["NULL", "-1", "0", "9223372036854775807", "-9223372036854775808"];
    let texts = ["NULL", "''", "'canary'", "repeat('canary', 1000)", "E'\\n'"];
    let bytes = ["NULL", "''", "'canary'"];
    let owner = owner();
    let mut unreadable = 0;
    for (column, garbage) in [
        ("key", &texts[..]),
        ("version", &numbers),
        ("value", &bytes),
        ("until", &numbers),
        ("owner", &texts),
        ("lease_until", &numbers),
    ]
    .into_iter()
    .flat_map(|(column, garbage)| garbage.iter().map(move |garbage| (column, garbage)))
    {
        let set = format!("UPDATE oauth_rows SET {column} = {garbage}");
        let garbage_row = async || {
            execute(&pool, "DELETE FROM oauth_rows").await;
            execute(
                &pool,
                "INSERT INTO oauth_rows VALUES ('key', 1, '\\x00', 1::bigint << 62, NULL, NULL)",
            )
            .await;
            execute(&pool, &set).await;
        };
        garbage_row().await;

        let loaded = store.load("key").await.map(|row| row.map(|row| (row.version, row.lease)));
        let steps = [
            loaded.as_ref().err().map(ToString::to_string),
            said(store.renew("key", &owner, HOUR).await),
            said(store.release("key", &owner).await),
            said(store.touch("key", HOUR).await),
            said(store.acquire("key", 1, &owner, HOUR).await),
            said(store.replace("key", 1, b"", HOUR, Some(&owner)).await),
            said(store.replace("key", i64::MAX as u64, b"", HOUR, None).await),
            said(store.replace("key", u64::MAX, b"", HOUR, None).await),
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
        unreadable += usize::from(loaded.is_err());
        for error in steps.into_iter().flatten() {
            assert!(error.contains("cannot be read"), "{column} = {garbage}: {error}");
            assert!(!error.contains("canary"), "{error}");
        }

        garbage_row().await;
        if loaded.is_err() && column != "value" && column != "until" {
            assert!(store.acquire("key", 1, &owner, HOUR).await.is_err(), "{column} = {garbage}");
            assert!(store.touch("key", Duration::ZERO).await.is_err(), "{column} = {garbage}");
            assert!(store.load("key").await.is_err(), "what makes no sense is left as it is");
        }
    }
    assert_eq!(unreadable, 14);
}

#[tokio::test]
async fn a_refusal_by_postgres_repeats_nothing_of_a_row() {
    let Some(database) = Database::new().await else { return };
    let store = database.migrated().await;
    let pool = database.pool(1, |options| options).await;
    execute(&pool, "ALTER TABLE oauth_rows ADD CONSTRAINT small CHECK (length(value) < 3)").await;
    store.insert("canary-key", b"", HOUR, &[]).await.unwrap();

    for error in [
        store.insert("canary-new", b"canary-value", HOUR, &["canary-index"]).await.unwrap_err(),
        store.replace("canary-key", 1, b"canary-value", HOUR, None).await.unwrap_err(),
    ] {
        let refused: &PostgresError = error.source().unwrap().downcast_ref().unwrap();
        assert_eq!(refused.code, "23514");
        assert!(!format!("{error:?} {refused}").contains("canary"), "{error:?}");
        // `canary` in the hexadecimal digits of `bytea`.
        assert!(!format!("{error:?} {refused}").contains("63616e617279"), "{error:?}");
    }
    assert!(store.keys("canary-index").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_postgres_that_was_not_migrated_says_which_call_is_missing() {
    let Some(database) = Database::new().await else { return };
    let store = database.open().await;

    for error in errors(&store).await {
        let schema = schema_error(&error);
        assert!(matches!(schema, SchemaError::NotMigrated), "{error:?}");
        assert!(schema.to_string().contains("`migrate`"));
    }

    store.migrate().await.unwrap();
    assert!(store.insert("key", b"", HOUR, &[]).await.unwrap());
}

#[tokio::test]
async fn sr_07_a_postgres_of_a_newer_version_is_left_alone() {
    let Some(database) = Database::new().await else { return };
    database.migrated().await;
    execute(&database.pool(1, |options| options).await, "UPDATE oauth_schema SET version = 99")
        .await;

    let store = database.open().await;

    let mut refused = errors(&store).await;
    refused.push(store.migrate().await.unwrap_err());
    for error in refused {
        let schema = schema_error(&error);
        assert!(matches!(schema, SchemaError::Newer { found: 99, known: 1 }), "{error:?}");
    }
}

#[tokio::test]
async fn a_user_who_may_not_create_tables_changes_nothing() {
    let Some(database) = Database::new().await else { return };
    let pool = database
        .pool(1, |options| options.options([("default_transaction_read_only", "on")]))
        .await;
    let store = PostgresStore::from_pool(pool.clone());

    let error = store.migrate().await.unwrap_err();

    let refused: &PostgresError = error.source().unwrap().downcast_ref().unwrap();
    assert_eq!(refused.code, "25006");
    assert_eq!(count(&pool, "SELECT count(*) FROM pg_class WHERE relname ~ '^oauth'").await, 0);
}

#[tokio::test]
async fn a_wrong_password_and_a_url_that_is_none_are_errors_without_them() {
    let Some(database) = Database::new().await else { return };
    let right = database.url();
    let wrong = right.replace(Postgres::PASSWORD, "canary-that-is-wrong");
    let port = right.replace("127.0.0.1:", "127.0.0.1:canary");
    let mode = right.replace("sslmode=disable", "sslmode=canary-no-mode");
    let certificate = right.replace("sslmode=disable", "sslmode=verify-full");

    let error = PostgresStore::connect(&wrong).await.unwrap_err();
    let refused: &PostgresError = error.source().unwrap().downcast_ref().unwrap();
    assert_eq!(refused.code, "28P01");
    no_secret(&error);
    for url in [&*port, &mode, &certificate, "canary", "", "postgres://canary@:canary@/"] {
        let error = PostgresStore::connect(url).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        no_secret(&error);
    }
    assert!(!format!("{:?}", database.open().await).contains("canary"));
}

#[tokio::test]
async fn tls_is_spoken_with_the_server_whose_certificate_is_known_and_no_other() {
    let Some(database) = Database::new().await else { return };
    let known =
        format!("sslmode=verify-full&sslrootcert={}", database.server.certificate().display());
    let url = database.url().replace("sslmode=disable", &known);
    let pool = PgPool::connect(&url).await.unwrap();

    let tls = "SELECT count(*) FROM pg_stat_ssl WHERE ssl AND pid = pg_backend_pid()";
    assert_eq!(count(&pool, tls).await, 1);
    let store = PostgresStore::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    assert!(store.insert("key", &[0xff; 1 << 20], HOUR, &[]).await.unwrap());
    assert_eq!(store.load("key").await.unwrap().unwrap().value, [0xff; 1 << 20]);

    for unknown in [
        database.url().replace("sslmode=disable", "sslmode=verify-full"),
        url.replace("127.0.0.1", "localhost"),
    ] {
        let error = PostgresStore::connect(&unknown).await.unwrap_err();
        let source = error.source().unwrap().downcast_ref();
        assert!(matches!(source, Some(sqlx::Error::Tls(_) | sqlx::Error::Io(_))), "{error:?}");
    }
}

#[tokio::test]
async fn a_time_of_any_length_is_taken_by_postgres() {
    let Some(database) = Database::new().await else { return };
    let store = database.migrated().await;
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
async fn sr_05_what_is_over_in_postgres_is_forgotten_at_insertions_and_never_much_at_once() {
    let Some(database) = Database::new().await else { return };
    let store = database.migrated().await;
    for index in 0..250 {
        store.insert(&format!("row{index}"), b"", HOUR, &["all"]).await.unwrap();
    }
    let pool = database.pool(1, |options| options).await;
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

/// A database of its own, on a server that other tests have too.
struct Database {
    server: Arc<Postgres>,
    name: String,
}

impl Database {
    /// None where PostgreSQL is not installed.
    async fn new() -> Option<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);

        let server = Postgres::shared()?;
        let name = format!("test{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let pool = PgPool::connect(&server.url("postgres")).await.unwrap();
        execute(&pool, &format!("CREATE DATABASE {name}")).await;
        pool.close().await;
        Some(Self { server, name })
    }

    fn url(&self) -> String {
        self.server.url(&self.name)
    }

    async fn open(&self) -> PostgresStore {
        PostgresStore::connect(&self.url()).await.unwrap()
    }

    async fn migrated(&self) -> PostgresStore {
        let store = self.open().await;
        store.migrate().await.unwrap();
        store
    }

    /// Two that know nothing of one another. They have few connections: each costs a login, whose hashing is slow unless it
    /// is optimized.
    async fn machines(&self) -> [PostgresStore; 2] {
        self.migrated().await;
        let [one, other] = [self.pool(4, |it| it).await, self.pool(4, |it| it).await];
        [PostgresStore::from_pool(one), PostgresStore::from_pool(other)]
    }

    /// Connections of somebody else.
    async fn pool(
        &self,
        most: u32,
        with: impl FnOnce(PgConnectOptions) -> PgConnectOptions,
    ) -> PgPool {
        let options = with(self.url().parse().unwrap());
        PgPoolOptions::new().max_connections(most).connect_with(options).await.unwrap()
    }
}

async fn execute(pool: &PgPool, statement: &str) {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(pool).await.unwrap();
}

async fn count(pool: &PgPool, statement: &'static str) -> i64 {
    sqlx::query_scalar(statement).fetch_one(pool).await.unwrap()
}

/// An error, and what caused it, name no password and no URL.
fn no_secret(error: &StoreError) {
    let mut said = format!("{error:?}");
    let mut source = Some(error as &dyn Error);
    while let Some(error) = source {
        said.push_str(&error.to_string());
        source = error.source();
    }
    for secret in [Postgres::PASSWORD, "canary-that-is-wrong", "postgres://"] {
        assert!(!said.contains(secret), "{said}");
    }
}
