//! Rows in PostgreSQL.

mod error;
mod schema;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPoolOptions};
use sqlx::query::Query;
use sqlx::{Connection as _, PgPool, Postgres};
use tokio::time::{sleep, timeout};

use crate::http_client::BoxFuture;
use crate::store::Store;
use crate::store::error::StoreError;
pub use crate::store::postgres::error::PostgresError;
use crate::store::postgres::error::{failed, is_undone};
use crate::store::row::{Acquired, Lease, Owner, Replaced, Row, Version, check};
use crate::store::sql::seen::{Seen, column};
use crate::store::sql::{PATIENCE, millis};

/// Keeps rows in PostgreSQL 12 or newer, which any number of machines share.
///
/// ```no_run
/// use oauth_runtime::store::PostgresStore;
///
/// # async fn example() -> Result<(), oauth_runtime::store::StoreError> {
/// let store = PostgresStore::connect("postgres://app:secret@db.example/app?sslmode=verify-full").await?;
/// store.migrate().await?;
/// # Ok(())
/// # }
/// ```
///
/// A clone is the same store. Leases and ends are measured by the clock of the server, which a step reads when it has its
/// row, not while it waits for it. A server that takes over from another must have the same time of day; one that may lag
/// behind (`synchronous_commit = off`, an asynchronous standby) may forget who had a lease.
///
/// A step is one statement, an insertion one short transaction; between steps no connection is held. What another caller
/// changes at the same moment is waited for. No step waits for a second row, so none ends in a deadlock; where the database's
/// default is stricter than `READ COMMITTED`, a step that the server undid is taken again, at most ten times.
///
/// A step waits at most five seconds for a connection ([`connect`](Self::connect)), and takes at most ten in all; it is an
/// error then. One that is dropped half-way is done or not done, never half.
///
/// Rows whose time is over are forgotten when others are inserted, at most 100 each time.
///
/// # Behind a pooler
///
/// Statements are prepared once for each connection. A pooler that gives every transaction another connection must know of
/// them: PgBouncer does from 1.21 on, with `max_prepared_statements` above zero. To prepare them anew each time
/// (`statement-cache-capacity=0`) is no way out: sqlx prepares and executes in two round trips, which such a pooler may send
/// to two connections.
///
/// # Security
///
/// Unless the URL says `sslmode=verify-full`, nobody asks whose certificate the server has, and a server without TLS is
/// spoken to in the clear. Who can read the tables can read the rows: seal what must not be read.
#[derive(Clone)]
pub struct PostgresStore {
    pool: PgPool,
    /// The tables were found to be those that this library works on.
    migrated: Arc<AtomicBool>,
}

impl PostgresStore {
    /// Connects to a server, by at most ten connections: `postgres://user:password@host/database`.
    ///
    /// What the URL leaves out is what `PGHOST`, `PGUSER` and the others of libpq say. `?options[search_path]=name` keeps
    /// the tables in another schema than `public`; so does `ALTER ROLE … SET search_path`, also where a pooler stands
    /// between.
    ///
    /// # Security
    ///
    /// A parameter of the URL that sqlx does not know is logged by it as a warning, with its value.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] if the URL is none, or the server cannot be reached or takes neither user nor password.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url.parse().map_err(failed)?;
        let pool = PgPoolOptions::new().acquire_timeout(PATIENCE).connect_with(options).await;
        Ok(Self::from_pool(pool.map_err(failed)?))
    }

    /// Keeps rows in a database that the application has open, by sqlx 0.9. The names of all tables begin with
    /// `oauth_`; they are made in the first schema of the `search_path`, and looked for in all of it. How long a step waits for a connection is what the pool says.
    #[must_use]
    pub fn from_pool(pool: PgPool) -> Self {
        Self { pool, migrated: Arc::default() }
    }

    /// Creates the tables, or upgrades those of an older version of this library. To be called when the application starts,
    /// by as many processes as there are: one does it, and the others wait.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] if the database does not answer, does not let this user create tables, or has tables of
    /// a newer version ([`SchemaError::Newer`](crate::store::SchemaError::Newer) is its source): nothing is changed then.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await.map_err(failed)?;
        schema::migrate(&mut connection).await?;
        self.migrated.store(true, Ordering::Release);
        Ok(())
    }

    /// A connection to a database with tables.
    async fn connection(&self) -> Result<PoolConnection<Postgres>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(failed)?;
        if !self.migrated.load(Ordering::Acquire) {
            schema::check(&mut connection).await?;
            self.migrated.store(true, Ordering::Release);
        }
        Ok(connection)
    }

    /// A step, in time, and again if the server undid it for the sake of another.
    fn step<'a, T: Send + 'a>(
        &'a self,
        attempt: impl Fn() -> BoxFuture<'a, Result<T, StoreError>> + Send + 'a,
    ) -> BoxFuture<'a, Result<T, StoreError>> {
        Box::pin(async move {
            let done = timeout(PATIENCE * 2, async move {
                for pause in PAUSES {
                    let done = attempt().await;
                    if !done.as_ref().is_err_and(is_undone) {
                        return done;
                    }
                    sleep(Duration::from_millis(pause)).await;
                }
                attempt().await
            });
            done.await.unwrap_or_else(|late| Err(StoreError::unavailable(late)))
        })
    }

    /// What is under a key, unless its time is over, and whether the statement changed it.
    async fn change(&self, statement: Statement<'_>) -> Result<Option<(Seen, bool)>, StoreError> {
        let mut connection = self.connection().await?;
        let row = statement.fetch_optional(&mut *connection).await.map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        let Some(seen) = Seen::read(&row)? else { return Ok(None) };
        Ok(Some((seen, column(&row, "changed")?)))
    }
}

impl Store for PostgresStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Row>, StoreError>> {
        self.step(move || {
            Box::pin(async move {
                check(&[key], &[])?;
                let mut connection = self.connection().await?;
                let row = sqlx::query(LOAD).bind(key).fetch_optional(&mut *connection).await;
                row.map_err(failed)?.as_ref().map_or(Ok(None), Seen::read_with_value)
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
        self.step(move || {
            Box::pin(async move {
                check(&[key], value)?;
                check(indexes, &[])?;
                let mut connection = self.connection().await?;
                let mut step = connection.begin().await.map_err(failed)?;
                // Each in a statement of its own: the next one sees what the one before waited for.
                sqlx::query(MAKE_ROOM).bind(key).execute(&mut *step).await.map_err(failed)?;
                let row = sqlx::query_scalar(INSERT).bind(key).bind(value);
                let row = row.bind(millis(lifetime)).bind(indexes).fetch_one(&mut *step).await;
                if !row.map_err(failed)? {
                    return Ok(false);
                }
                sqlx::query(FORGET).execute(&mut *step).await.map_err(failed)?;
                step.commit().await.map_err(failed)?;
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
        self.step(move || {
            Box::pin(async move {
                check(&[key], value)?;
                let replaced = sqlx::query(REPLACE).bind(key).bind(stored(expected)).bind(value);
                let replaced = replaced.bind(millis(lifetime)).bind(owner.map(Owner::as_str));
                Ok(match self.change(replaced).await? {
                    None => Replaced::Gone,
                    Some((before, true)) => Replaced::Yes(before.version + 1),
                    Some((row, false)) if row.version != expected => Replaced::Stale,
                    Some((_, false)) => Replaced::NotOwner,
                })
            })
        })
    }

    fn touch<'a>(
        &'a self,
        key: &'a str,
        lifetime: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.step(move || {
            Box::pin(async move {
                check(&[key], &[])?;
                let touched = self.change(sqlx::query(TOUCH).bind(key).bind(millis(lifetime)));
                Ok(is_done(touched.await?.as_ref()))
            })
        })
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.step(move || {
            Box::pin(async move {
                check(&[key], &[])?;
                let mut connection = self.connection().await?;
                let removed = sqlx::query_scalar(REMOVE).bind(key).fetch_optional(&mut *connection);
                Ok(removed.await.map_err(failed)?.unwrap_or(false))
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
        self.step(move || {
            Box::pin(async move {
                check(&[key], &[])?;
                let acquired = sqlx::query(ACQUIRE).bind(key).bind(stored(expected));
                let acquired = acquired.bind(owner.as_str()).bind(millis(lease));
                Ok(match self.change(acquired).await? {
                    None => Acquired::Gone,
                    Some((before, true)) => {
                        Acquired::Yes { recovered: before.lease() == Lease::Over }
                    }
                    Some((row, false)) if row.version != expected => Acquired::Stale,
                    Some((_, false)) => Acquired::Held,
                })
            })
        })
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.step(move || {
            Box::pin(async move {
                check(&[key], &[])?;
                let renewed = sqlx::query(RENEW).bind(key).bind(owner.as_str()).bind(millis(lease));
                Ok(is_done(self.change(renewed).await?.as_ref()))
            })
        })
    }

    fn release<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.step(move || {
            Box::pin(async move {
                check(&[key], &[])?;
                self.change(sqlx::query(RELEASE).bind(key).bind(owner.as_str())).await?;
                Ok(())
            })
        })
    }

    fn keys<'a>(&'a self, index: &'a str) -> BoxFuture<'a, Result<Vec<String>, StoreError>> {
        self.step(move || {
            Box::pin(async move {
                check(&[index], &[])?;
                let mut connection = self.connection().await?;
                let keys = sqlx::query_scalar(KEYS).bind(index).fetch_all(&mut *connection);
                keys.await.map_err(failed)
            })
        })
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore")
            .field("connections", &self.pool.size())
            .finish_non_exhaustive()
    }
}

type Statement<'a> = Query<'a, Postgres, PgArguments>;

/// A version as the table has it; 0, which no row has, for one that is larger than any there.
fn stored(version: Version) -> i64 {
    i64::try_from(version).unwrap_or(0)
}

fn is_done(changed: Option<&(Seen, bool)>) -> bool {
    changed.is_some_and(|(_, changed)| *changed)
}

/// The time of day at this moment; `now()` would be that at which the step began to wait.
macro_rules! now {
    () => {
        "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
    };
}

/// Takes the row under `$1` for itself, reads the clock when it has it, and changes the row if it may: one statement, which
/// says what it found, and whether it changed it. A row that makes no sense is left as it is.
macro_rules! change {
    ($what:literal, $only_if:literal) => {
        concat!(
            "WITH locked AS MATERIALIZED (SELECT key, version, until, owner, lease_until \
             FROM oauth_rows WHERE key = $1 FOR NO KEY UPDATE), \
             seen AS MATERIALIZED (SELECT *, ",
            now!(),
            " AS now FROM locked), \
             changed AS (UPDATE oauth_rows SET ",
            $what,
            " FROM seen WHERE oauth_rows.key = seen.key AND seen.until > seen.now \
             AND seen.version > 0 AND (seen.owner IS NULL) = (seen.lease_until IS NULL) AND ",
            $only_if,
            " RETURNING 1) \
             SELECT version, until, owner, lease_until, now, EXISTS (SELECT FROM changed) AS changed \
             FROM seen"
        )
    };
}

const LOAD: &str = concat!(
    "SELECT version, until, owner, lease_until, value, ",
    now!(),
    " AS now FROM oauth_rows WHERE key = $1"
);
/// The row under a key if its time is over.
const MAKE_ROOM: &str = concat!("DELETE FROM oauth_rows WHERE key = $1 AND until <= ", now!());
const INSERT: &str = concat!(
    "WITH inserted AS (INSERT INTO oauth_rows (key, version, value, until) VALUES ($1, 1, $2, ",
    now!(),
    " + $3) ON CONFLICT (key) DO NOTHING RETURNING key), \
     listed AS (INSERT INTO oauth_indexes (name, key) \
     SELECT DISTINCT name, key FROM inserted, unnest($4::text[]) AS name) \
     SELECT EXISTS (SELECT FROM inserted)"
);
/// The 100 rows that have been over for longest. Those that somebody else is at are passed by: who holds a row and waits for
/// another may wait for ever. `now()` is early enough, and one that the index can be searched for.
const FORGET: &str = "WITH over AS MATERIALIZED (SELECT key FROM oauth_rows \
                      WHERE until <= (extract(epoch FROM now()) * 1000)::bigint \
                      ORDER BY until LIMIT 100 FOR UPDATE SKIP LOCKED) \
                      DELETE FROM oauth_rows USING over WHERE oauth_rows.key = over.key";
const REPLACE: &str = change!(
    "version = seen.version + 1, value = $3, until = seen.now + $4, owner = NULL, \
     lease_until = NULL",
    "seen.version = $2 \
     AND ($5::text IS NULL OR seen.owner = $5 AND seen.lease_until > seen.now)"
);
const TOUCH: &str = change!("until = seen.now + $2", "true");
const REMOVE: &str = concat!("DELETE FROM oauth_rows WHERE key = $1 RETURNING until > ", now!());
const ACQUIRE: &str = change!(
    "owner = $3, lease_until = seen.now + $4",
    "seen.version = $2 AND (seen.lease_until IS NULL OR seen.lease_until <= seen.now)"
);
const RENEW: &str =
    change!("lease_until = seen.now + $3", "seen.owner = $2 AND seen.lease_until > seen.now");
const RELEASE: &str =
    change!("owner = NULL, lease_until = NULL", "seen.owner = $2 AND seen.lease_until > seen.now");
const KEYS: &str = "SELECT key FROM oauth_indexes WHERE name = $1";

/// How many milliseconds are waited before a step is taken again that the server undid.
const PAUSES: [u64; 9] = [1, 2, 4, 8, 16, 32, 64, 64, 64];
