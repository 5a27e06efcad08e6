//! `tower-sessions` over the store that is named; does what it is told, and says how many nanoseconds that took.
//!
//! `store-peers sqlite|postgres|redis ADDRESS`; the first line that it reads is a token answer, each further one `read`
//! or `write` with a number of sessions.

#[path = "../../tower_sessions_application.rs"]
mod tower_sessions_application;
#[path = "../../visitors.rs"]
mod visitors;

use std::env;
use std::io::stdin;
use std::time::Duration;

use tokio::runtime::Runtime;
use tower_sessions_redis_store::fred::prelude::{ClientLike as _, Config, Pool};
use tower_sessions_sqlx_store::sqlx::postgres::PgPoolOptions;
use tower_sessions_sqlx_store::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};

use tower_sessions_application::Application;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [store, address] = &arguments[..] else { panic!("a store and its address are expected") };
    let mut lines = stdin().lines().map(Result::unwrap);
    let token_answer = lines.next().expect("a token answer comes first");
    let runtime = Runtime::new().unwrap();
    let application = runtime.block_on(async {
        match store.as_str() {
            "sqlite" => Application::new(sqlite(address).await, &token_answer).await,
            "postgres" => Application::new(postgres(address).await, &token_answer).await,
            "redis" => Application::new(redis(address).await, &token_answer).await,
            other => panic!("no store is called {other}"),
        }
    });
    println!("ready");
    for line in lines {
        let (what, count) = line.split_once(' ').expect("a word and a number");
        let count = count.parse().unwrap();
        let took = match what {
            "read" => runtime.block_on(application.read(count)),
            "write" => runtime.block_on(application.write(count)),
            other => panic!("nobody can {other}"),
        };
        println!("{}", took.as_nanos());
    }
}

/// Set as ours: written ahead, on the disk at each commit, four connections, none of them tried before it is used.
async fn sqlite(path: &str) -> tower_sessions_sqlx_store::SqliteStore {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE);
    let pool = SqlitePoolOptions::new()
        .max_connections(4)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .connect_with(options);
    let store = tower_sessions_sqlx_store::SqliteStore::new(pool.await.unwrap());
    store.migrate().await.unwrap();
    store
}

/// Set as ours: ten connections.
async fn postgres(url: &str) -> tower_sessions_sqlx_store::PostgresStore {
    let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(PATIENCE).connect(url);
    let store = tower_sessions_sqlx_store::PostgresStore::new(pool.await.unwrap());
    store.migrate().await.unwrap();
    store
}

/// One connection for all, as ours.
async fn redis(url: &str) -> tower_sessions_redis_store::RedisStore<Pool> {
    let pool = Pool::new(Config::from_url(url).unwrap(), None, None, None, 1).unwrap();
    pool.connect();
    pool.wait_for_connect().await.unwrap();
    tower_sessions_redis_store::RedisStore::new(pool)
}

const PATIENCE: Duration = Duration::from_secs(5);
