//! Rows in a SQLite file.

mod schema;

use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteQueryResult,
    SqliteSynchronous,
};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use tokio::time::{Instant, sleep};

use crate::http_client::BoxFuture;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::row::{Acquired, Lease, Owner, Replaced, Row, Version, check};
use crate::store::sql::seen::Seen;
use crate::store::sql::{PATIENCE, millis};

/// Keeps rows in a SQLite file, which the processes of one machine share.
///
/// ```
/// use oauth_runtime::store::SqliteStore;
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("sessions.sqlite");
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let store = SqliteStore::open(path).await?;
/// store.migrate().await?;
/// # Ok::<(), oauth_runtime::store::StoreError>(()) })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A clone is the same store. Leases and ends are measured by the clock of the machine, as SQLite reads it: where that is
/// set back or forth, they end later or sooner.
///
/// Rows whose time is over are forgotten when others are inserted, at most 100 each time, and their pages are used again:
/// the file is as large as the most rows that were there at once. It is not made smaller; that is what `VACUUM` is for.
///
/// A step waits at most five seconds for a connection and as long for the file, and is an error then. One that is dropped
/// half-way is done or not done, never half.
///
/// # Security
///
/// The file is created for its owner alone (`0600`); the rights of a file that exists are left as they are. Who can read it
/// can read the rows: seal what must not be read.
#[derive(Clone)]
pub struct SqliteStore {
    pool: SqlitePool,
    /// The tables were found to be those that this library works on.
    migrated: Arc<AtomicBool>,
}

impl SqliteStore {
    /// Opens a file, and creates it if there is none. The file must be on a disk of this machine: what is written ahead is
    /// in a second file, and shared in memory (`WAL`).
    ///
    /// A process that ends, and a machine that loses its power, lose nothing that was done (`synchronous = FULL`): a refresh
    /// token that is forgotten after it was rotated is a user who is logged out. For `NORMAL`, make a pool and give it to
    /// [`from_pool`](Self::from_pool).
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] if the file can be neither opened nor created, is no database, or stays locked.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        // An absolute path is a path: SQLite takes `:memory:` and `file:…` for something else.
        let path = std::path::absolute(path).map_err(StoreError::unavailable)?;
        create(&path).map_err(StoreError::unavailable)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE);
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .connect_lazy_with(options);

        let until = Instant::now() + PATIENCE;
        // Who else turns to `WAL` at this moment is not waited for by SQLite.
        while let Err(error) = pool.acquire().await {
            if !is_busy(&error) || until <= Instant::now() {
                return Err(failed(error));
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(Self::from_pool(pool))
    }

    /// Keeps rows in a database that the application has open, by sqlx 0.9: the names of all tables begin with `oauth_`.
    ///
    /// How long a step waits, and what a loss of power costs, is what the pool says. Each connection must see the same
    /// file: with more than one connection, `:memory:` is not a database but several.
    #[must_use]
    pub fn from_pool(pool: SqlitePool) -> Self {
        Self { pool, migrated: Arc::default() }
    }

    /// Creates the tables, or upgrades those of an older version of this library. To be called when the application starts,
    /// by as many processes as there are.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] if the database does not answer, is read-only and has not these tables, or has those
    /// of a newer version ([`SchemaError::Newer`](crate::store::SchemaError::Newer) is its source): nothing is changed then.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await.map_err(failed)?;
        schema::migrate(&mut connection).await?;
        self.migrated.store(true, Ordering::Release);
        Ok(())
    }

    /// A connection to a database with tables.
    async fn connection(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(failed)?;
        if !self.migrated.load(Ordering::Acquire) {
            schema::check(&mut connection).await?;
            self.migrated.store(true, Ordering::Release);
        }
        Ok(connection)
    }

    /// A step of several statements, which nobody else writes during. It is undone if it is dropped.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        let connection = self.connection().await?;
        Transaction::begin(connection, Some(sqlx::SqlSafeStr::into_sql_str("BEGIN IMMEDIATE")))
            .await
            .map_err(failed)
    }
}

impl Store for SqliteStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Row>, StoreError>> {
        Box::pin(async move {
            check(&[key], &[])?;
            let mut connection = self.connection().await?;
            let row = sqlx::query(LOAD).bind(key).fetch_optional(&mut *connection).await;
            row.map_err(failed)?.as_ref().map_or(Ok(None), Seen::read_with_value)
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
            check(&[key], value)?;
            check(indexes, &[])?;
            let mut step = self.begin().await?;
            sqlx::query(FORGET).bind(key).execute(&mut *step).await.map_err(failed)?;
            let row = sqlx::query(INSERT).bind(key).bind(value).bind(millis(lifetime));
            if !is_one(&row.execute(&mut *step).await.map_err(failed)?) {
                return Ok(false);
            }
            for index in indexes {
                let listed = sqlx::query(LIST).bind(*index).bind(key).execute(&mut *step);
                listed.await.map_err(failed)?;
            }
            step.commit().await.map_err(failed)?;
            Ok(true)
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
            check(&[key], value)?;
            let mut step = self.begin().await?;
            let Some(row) = seen(key, &mut step).await? else { return Ok(Replaced::Gone) };
            if row.version != expected {
                return Ok(Replaced::Stale);
            }
            if owner.is_some_and(|owner| !row.is_leased_to(owner)) {
                return Ok(Replaced::NotOwner);
            }
            let next = i64::try_from(row.version + 1);
            let next =
                next.map_err(|_| StoreError::Unreadable { what: "its version is the last" })?;
            let replaced = sqlx::query(REPLACE).bind(key).bind(next).bind(value);
            let replaced = replaced.bind(row.now.saturating_add(millis(lifetime)));
            replaced.execute(&mut *step).await.map_err(failed)?;
            step.commit().await.map_err(failed)?;
            Ok(Replaced::Yes(row.version + 1))
        })
    }

    fn touch<'a>(
        &'a self,
        key: &'a str,
        lifetime: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            check(&[key], &[])?;
            let mut connection = self.connection().await?;
            let touched = sqlx::query(TOUCH).bind(key).bind(millis(lifetime));
            let touched = touched.execute(&mut *connection).await.map_err(failed)?;
            Ok(is_one(&touched))
        })
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            check(&[key], &[])?;
            let mut connection = self.connection().await?;
            // All that there is: a statement that is left half-way does not say whether it could be committed.
            let removed = sqlx::query_scalar(REMOVE).bind(key).fetch_all(&mut *connection).await;
            Ok(removed.map_err(failed)?.contains(&true))
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
            check(&[key], &[])?;
            let mut step = self.begin().await?;
            let Some(row) = seen(key, &mut step).await? else { return Ok(Acquired::Gone) };
            if row.version != expected {
                return Ok(Acquired::Stale);
            }
            let before = row.lease();
            if before == Lease::Held {
                return Ok(Acquired::Held);
            }
            let acquired = sqlx::query(ACQUIRE).bind(key).bind(owner.as_str());
            let acquired = acquired.bind(row.now.saturating_add(millis(lease)));
            acquired.execute(&mut *step).await.map_err(failed)?;
            step.commit().await.map_err(failed)?;
            Ok(Acquired::Yes { recovered: before == Lease::Over })
        })
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            check(&[key], &[])?;
            let mut connection = self.connection().await?;
            let renewed = sqlx::query(RENEW).bind(key).bind(owner.as_str()).bind(millis(lease));
            let renewed = renewed.execute(&mut *connection).await.map_err(failed)?;
            Ok(is_one(&renewed))
        })
    }

    fn release<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            check(&[key], &[])?;
            let mut connection = self.connection().await?;
            let released = sqlx::query(RELEASE).bind(key).bind(owner.as_str());
            released.execute(&mut *connection).await.map_err(failed)?;
            Ok(())
        })
    }

    fn keys<'a>(&'a self, index: &'a str) -> BoxFuture<'a, Result<Vec<String>, StoreError>> {
        Box::pin(async move {
            check(&[index], &[])?;
            let mut connection = self.connection().await?;
            sqlx::query_scalar(KEYS).bind(index).fetch_all(&mut *connection).await.map_err(failed)
        })
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore")
            .field("connections", &self.pool.size())
            .finish_non_exhaustive()
    }
}

/// What is under a key, unless its time is over.
async fn seen(key: &str, connection: &mut SqliteConnection) -> Result<Option<Seen>, StoreError> {
    let row = sqlx::query(SEE).bind(key).fetch_optional(connection).await.map_err(failed)?;
    row.as_ref().map_or(Ok(None), Seen::read)
}

/// Creates a file for its owner alone, unless there is something already. What SQLite puts beside it gets the same rights.
fn create(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// The message of SQLite names tables and columns; what is in them it does not repeat.
fn failed(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::ColumnDecode { .. } => {
            StoreError::Unreadable { what: "a column holds what it should not" }
        }
        error => StoreError::unavailable(error),
    }
}

/// Whether another connection has what is needed, and SQLite does not wait for it.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    // The lower byte is the kind; the others say more about it.
    code.and_then(|code| code.parse::<i32>().ok()).is_some_and(|code| code & 0xff == 5)
}

fn is_one(done: &SqliteQueryResult) -> bool {
    done.rows_affected() == 1
}

/// The time of day; in one statement it is the same wherever it stands.
macro_rules! now {
    () => {
        "CAST(round(unixepoch('subsec') * 1000) AS INTEGER)"
    };
}

macro_rules! see {
    ($value:literal) => {
        concat!(
            "SELECT version, until, owner, lease_until, ",
            now!(),
            " AS now",
            $value,
            " FROM oauth_rows WHERE key = ?"
        )
    };
}

const SEE: &str = see!("");
/// A text would be read as its bytes; a value is none.
const LOAD: &str = see!(", CASE typeof(value) WHEN 'blob' THEN value END AS value");

/// The row under a key if its time is over, and the 100 of the others that have been over for longest.
const FORGET: &str = concat!(
    "DELETE FROM oauth_rows WHERE rowid IN (\
     SELECT rowid FROM oauth_rows WHERE key = ? AND until <= ",
    now!(),
    " UNION ALL \
     SELECT rowid FROM (SELECT rowid FROM oauth_rows WHERE until <= ",
    now!(),
    " ORDER BY until LIMIT 100))"
);
const INSERT: &str = concat!(
    "INSERT INTO oauth_rows (key, version, value, until) VALUES (?, 1, ?, ",
    now!(),
    " + ?) ON CONFLICT (key) DO NOTHING"
);
const LIST: &str = "INSERT INTO oauth_indexes (name, key) VALUES (?, ?) ON CONFLICT DO NOTHING";
const REPLACE: &str = "UPDATE oauth_rows SET version = ?2, value = ?3, until = ?4, owner = NULL, \
                       lease_until = NULL WHERE key = ?1";
const TOUCH: &str =
    concat!("UPDATE oauth_rows SET until = ", now!(), " + ?2 WHERE key = ?1 AND until > ", now!());
const REMOVE: &str = concat!("DELETE FROM oauth_rows WHERE key = ? RETURNING until > ", now!());
const ACQUIRE: &str = "UPDATE oauth_rows SET owner = ?2, lease_until = ?3 WHERE key = ?1";
const RENEW: &str = concat!(
    "UPDATE oauth_rows SET lease_until = ",
    now!(),
    " + ?3 WHERE key = ?1 AND until > ",
    now!(),
    " AND owner = ?2 AND lease_until > ",
    now!()
);
const RELEASE: &str = concat!(
    "UPDATE oauth_rows SET owner = NULL, lease_until = NULL WHERE key = ?1 AND until > ",
    now!(),
    " AND owner = ?2 AND lease_until > ",
    now!()
);
const KEYS: &str = "SELECT key FROM oauth_indexes WHERE name = ?";
