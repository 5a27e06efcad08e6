//! Rows in Redis: each a hash, and each step a script.
//!
//! | key | what | holds |
//! | --- | --- | --- |
//! | prefix`{`key`}` | hash | `version`, `value`; leased: `owner`, `lease_until`; listed: `listing`, `indexes` |
//! | prefix`index:{`name`}` | sorted set | listings by their end: a row's key, and the name of its insertion |
//!
//! Braces are what is written there, around what decides the slot. A row has no field for its end, which is the
//! key's: Redis shows a key whose time is over to nobody, on a replica neither, and the time stands still while a
//! script runs. `lease_until` is in milliseconds of the server's time of day.

mod address;
mod link;
mod script;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use redis::Value;

use crate::entropy::SystemEntropy;
use crate::http_client::BoxFuture;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::redis::link::{Ask, Failure, Link};
use crate::store::row::{Acquired, Lease, Owner, Replaced, Row, Version, check};

/// Keeps rows in Redis, 6 or newer: every process that is given the same server sees them.
///
/// It is tested with Redis 7.0, and needs tokio.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use oauth_runtime::store::RedisStore;
/// use oauth_runtime::{KeyRing, Sessions};
///
/// let store = RedisStore::connect("rediss://app:password@redis.example:6380").await?.prefix("shop:");
/// let sessions = Sessions::new(store, KeyRing::generate()?);
/// # let _ = sessions;
/// # Ok(())
/// # }
/// ```
///
/// A clone is the same store. It has one connection, which all its steps share, and makes another one when that is
/// lost: a step that was under way fails, and the next one works as soon as Redis does. No step takes longer than
/// five seconds, connecting included, and none is tried twice: it may have been done.
///
/// It speaks to one server, the primary, on which alone leases are sure; it follows no redirection of a cluster and
/// asks no sentinel. A managed Redis with one address that moves to the new primary is served, and so is a proxy. A
/// row is one key, whose hash tag is the row's key; an index is another one.
///
/// # What Redis must be set to
///
/// - `maxmemory-policy noeviction`. With any other, Redis forgets rows before their time when its memory is full:
///   users have to log in again, and a lease that was forgotten is one that nobody has. With it a step that needs
///   memory fails, and says so.
/// - `appendonly yes`, if a restart must not log everybody out. Without persistence a restart forgets every session,
///   and the lease of a renewal that is under way: a refresh token that rotates may then be presented twice, which
///   costs the user one login at worst. With `appendfsync everysec`, the default, that is so for the last second
///   before a crash.
///
/// A replica is behind its primary by a moment: what was written in that moment is lost when the replica takes its
/// place, and a renewed token with it, which costs its user one login; a logout of that moment is undone.
/// `min-replicas-to-write` makes that rarer, nothing makes it impossible. The time when a row or a lease is over is
/// written down as a time of day of the server that took the step: the clocks of a primary and its replicas have to
/// agree within a second or so.
///
/// # Permissions
///
/// A user of its own needs these commands on the keys that begin with the prefix, and no others:
///
/// ```text
/// ACL SETUSER app on >password resetchannels -@all ~oauth:*
///   +eval +evalsha +time +type
///   +del +hdel +hget +hmget +hset +pexpire +pttl
///   +zadd +zrangebyscore +zrem +zscore
/// ```
///
/// `+select` too, if the address names a database.
///
/// # Security
///
/// Use `rediss://` wherever the way to Redis is not the application's alone: a row of [`Sessions`](crate::Sessions)
/// is sealed, the password that Redis demands is not. The server's certificate has to be one that the platform
/// trusts, or one of those in the file that `SSL_CERT_FILE` names.
///
/// # What is listed under an index
///
/// An index is *advisory*: a listing and its row are two keys, and two steps. The listing comes first and lasts
/// longer, also where the row is touched or replaced, and each belongs to one insertion. Whatever is interrupted,
/// what may be left is a listing without a row, until the row's time would have been over; never a row that is not
/// listed. So [`Sessions::end_all`](crate::Sessions::end_all) misses a session only if Redis lost what it had
/// confirmed: by a restart or a failover as above, or by an eviction.
#[derive(Clone)]
pub struct RedisStore {
    link: Arc<Link>,
    prefix: Arc<str>,
}

impl RedisStore {
    /// Connects to `redis://[[user]:password@]host[:port][/database]`, or `rediss://…` for TLS.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] if the address is another one, or Redis is not there, does not know the user or
    /// does not let it use scripts. No error holds the password.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let link = Link::new(url)?;
        link.begin().command(redis::cmd("EVAL").arg("return 1").arg(0)).await?;
        Ok(Self { link: Arc::new(link), prefix: "oauth:".into() })
    }

    /// What its keys begin with: `oauth:` unless set. Nothing else in the database may begin with it.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// The key of a row; what is in braces decides where a cluster keeps it.
    fn row(&self, key: &str) -> String {
        format!("{}{{{key}}}", self.prefix)
    }

    fn index(&self, name: &str) -> String {
        format!("{}index:{{{name}}}", self.prefix)
    }

    /// Has a listing count for so long, and longer than the row that is written after it.
    async fn list(
        &self,
        ask: &Ask<'_>,
        listing: &str,
        indexes: &str,
        lifetime: Duration,
    ) -> Result<(), StoreError> {
        let lifetime = millis(lifetime.saturating_add(AHEAD));
        for name in indexes.split_ascii_whitespace() {
            let arguments = [listing.as_bytes(), lifetime.as_bytes()];
            Answer::of(ask.step(&script::LIST, &self.index(name), &arguments).await)?;
        }
        Ok(())
    }

    /// Takes back a listing. What fails here leaves one that counts for some time yet, and does no harm.
    async fn unlist(&self, ask: &Ask<'_>, listing: &str, indexes: &str) {
        for name in indexes.split_ascii_whitespace() {
            let _ = ask.command(redis::cmd("ZREM").arg(self.index(name)).arg(listing)).await;
        }
    }

    /// A step that may make a row last longer: its lists are told first.
    async fn prolong(
        &self,
        step: &script::Step,
        key: &str,
        arguments: &[&[u8]],
        lifetime: Duration,
    ) -> Result<Answer, StoreError> {
        let (ask, key) = (self.link.begin(), self.row(key));
        let mut told = String::new();
        for _ in 0..MOST_TRIES {
            let arguments = [arguments, &[told.as_bytes()]].concat();
            let answer = Answer::of(ask.step(step, &key, &arguments).await)?;
            let Answer::Listed { listing, indexes } = answer else { return Ok(answer) };
            self.list(&ask, &listing, &indexes, lifetime).await?;
            told = listing;
        }
        Err(StoreError::unavailable("the row changes faster than it can be listed"))
    }

    async fn step(
        &self,
        step: &script::Step,
        key: &str,
        arguments: &[&[u8]],
    ) -> Result<Answer, StoreError> {
        Answer::of(self.link.begin().step(step, &self.row(key), arguments).await)
    }
}

impl Store for RedisStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Row>, StoreError>> {
        Box::pin(async move {
            check(&[key], &[])?;
            match self.step(&script::LOAD, key, &[]).await? {
                Answer::Row(row) => Ok(Some(row)),
                Answer::Gone => Ok(None),
                _ => Err(Failure::Answer.into()),
            }
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
            let names: Vec<&str> = indexes.iter().copied().chain([key]).collect();
            check(&names, value)?;
            let (ask, indexes, until) = (self.link.begin(), indexes.join(" "), millis(lifetime));
            let listing = if indexes.is_empty() { String::new() } else { listing_of(key)? };
            self.list(&ask, &listing, &indexes, lifetime).await?;
            let arguments = [value, until.as_bytes(), listing.as_bytes(), indexes.as_bytes()];
            match Answer::of(ask.step(&script::INSERT, &self.row(key), &arguments).await)? {
                Answer::Done => Ok(true),
                Answer::Taken => {
                    self.unlist(&ask, &listing, &indexes).await;
                    Ok(false)
                }
                _ => Err(Failure::Answer.into()),
            }
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
            // No row gets there by being replaced.
            let Some(version) = expected.checked_add(1) else { return Ok(Replaced::Stale) };
            let (now, then, until) = (expected.to_string(), version.to_string(), millis(lifetime));
            let owner = owner.map_or("", Owner::as_str);
            let arguments =
                [now.as_bytes(), then.as_bytes(), value, until.as_bytes(), owner.as_bytes()];
            match self.prolong(&script::REPLACE, key, &arguments, lifetime).await? {
                Answer::Done => Ok(Replaced::Yes(version)),
                Answer::Gone => Ok(Replaced::Gone),
                Answer::NotOwner => Ok(Replaced::NotOwner),
                Answer::Stale => Ok(Replaced::Stale),
                _ => Err(Failure::Answer.into()),
            }
        })
    }

    fn touch<'a>(
        &'a self,
        key: &'a str,
        lifetime: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            check(&[key], &[])?;
            let until = millis(lifetime);
            match self.prolong(&script::TOUCH, key, &[until.as_bytes()], lifetime).await? {
                Answer::Done => Ok(true),
                Answer::Gone => Ok(false),
                _ => Err(Failure::Answer.into()),
            }
        })
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            check(&[key], &[])?;
            let ask = self.link.begin();
            match Answer::of(ask.step(&script::REMOVE, &self.row(key), &[]).await)? {
                Answer::Done => Ok(true),
                Answer::Listed { listing, indexes } => {
                    self.unlist(&ask, &listing, &indexes).await;
                    Ok(true)
                }
                Answer::Gone => Ok(false),
                _ => Err(Failure::Answer.into()),
            }
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
            let (expected, lease) = (expected.to_string(), millis(lease));
            let arguments = [expected.as_bytes(), owner.as_str().as_bytes(), lease.as_bytes()];
            match self.step(&script::ACQUIRE, key, &arguments).await? {
                Answer::Done => Ok(Acquired::Yes { recovered: false }),
                Answer::Recovered => Ok(Acquired::Yes { recovered: true }),
                Answer::Held => Ok(Acquired::Held),
                Answer::Stale => Ok(Acquired::Stale),
                Answer::Gone => Ok(Acquired::Gone),
                _ => Err(Failure::Answer.into()),
            }
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
            let lease = millis(lease);
            let arguments = [owner.as_str().as_bytes(), lease.as_bytes()];
            match self.step(&script::RENEW, key, &arguments).await? {
                Answer::Done => Ok(true),
                Answer::Gone | Answer::NotOwner => Ok(false),
                _ => Err(Failure::Answer.into()),
            }
        })
    }

    fn release<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            check(&[key], &[])?;
            match self.step(&script::RELEASE, key, &[owner.as_str().as_bytes()]).await? {
                Answer::Done | Answer::Gone | Answer::NotOwner => Ok(()),
                _ => Err(Failure::Answer.into()),
            }
        })
    }

    fn keys<'a>(&'a self, index: &'a str) -> BoxFuture<'a, Result<Vec<String>, StoreError>> {
        Box::pin(async move {
            check(&[index], &[])?;
            let index = self.index(index);
            match Answer::of(self.link.begin().step(&script::KEYS, &index, &[]).await)? {
                Answer::Keys(keys) => Ok(keys.into_iter().collect()),
                _ => Err(Failure::Answer.into()),
            }
        })
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

/// What a script answers: a list that begins with a word.
enum Answer {
    Done,
    Gone,
    Held,
    Keys(BTreeSet<String>),
    Listed { listing: String, indexes: String },
    NotOwner,
    Recovered,
    Row(Row),
    Stale,
    Taken,
}

impl Answer {
    fn of(answer: Result<Value, Failure>) -> Result<Self, StoreError> {
        let answer = match answer {
            Ok(answer) => answer,
            Err(Failure::Refused { code }) if code == "WRONGTYPE" => return Err(FOREIGN),
            Err(failure) => return Err(failure.into()),
        };
        let Value::Array(answer) = answer else { return Err(Failure::Answer.into()) };
        match &answer[..] {
            [word] => Self::of_word(text(word)),
            [word, listings] if text(word) == Some("listings") => keys(listings),
            [word, listing, indexes] if text(word) == Some("listed") => listed(listing, indexes),
            [word, row @ ..] if text(word) == Some("row") => row_of(row),
            _ => Err(Failure::Answer.into()),
        }
    }

    fn of_word(word: Option<&str>) -> Result<Self, StoreError> {
        match word {
            Some("done") => Ok(Self::Done),
            Some("foreign") => Err(FOREIGN),
            Some("gone") => Ok(Self::Gone),
            Some("held") => Ok(Self::Held),
            Some("not owner") => Ok(Self::NotOwner),
            Some("recovered") => Ok(Self::Recovered),
            Some("stale") => Ok(Self::Stale),
            Some("taken") => Ok(Self::Taken),
            _ => Err(Failure::Answer.into()),
        }
    }
}

fn row_of(row: &[Value]) -> Result<Answer, StoreError> {
    let [version, Value::BulkString(value), lease, Value::Int(left)] = row else {
        return Err(Failure::Answer.into());
    };
    let version = text(version).and_then(|it| it.parse().ok()).ok_or(FOREIGN)?;
    let lease = match text(lease) {
        Some("free") => Lease::Free,
        Some("held") => Lease::Held,
        Some("over") => Lease::Over,
        _ => return Err(Failure::Answer.into()),
    };
    let left = Duration::from_millis(u64::try_from(*left).map_err(|_| FOREIGN)?);
    Ok(Answer::Row(Row { version, value: value.clone(), lease, left }))
}

fn listed(listing: &Value, indexes: &Value) -> Result<Answer, StoreError> {
    let (listing, indexes) = (text(listing).ok_or(FOREIGN)?, text(indexes).ok_or(FOREIGN)?);
    Ok(Answer::Listed { listing: listing.to_owned(), indexes: indexes.to_owned() })
}

/// A row that was inserted again, and one that is listed by who is about to insert it, is listed twice.
fn keys(listings: &Value) -> Result<Answer, StoreError> {
    let Value::Array(listings) = listings else { return Err(Failure::Answer.into()) };
    let key = |listing| text(listing)?.split_once(' ').map(|(key, _)| key);
    let keys = listings.iter().filter_map(key).filter(|key| check(&[key], &[]).is_ok());
    Ok(Answer::Keys(keys.map(str::to_owned).collect()))
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::BulkString(bytes) => str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// A listing is of one insertion: nobody takes back that of a row which was inserted again meanwhile.
fn listing_of(key: &str) -> Result<String, StoreError> {
    let name = Owner::random(&SystemEntropy).map_err(StoreError::unavailable)?;
    Ok(format!("{key} {}", name.as_str()))
}

/// Redis takes no time that is beyond its calendar.
fn millis(time: Duration) -> String {
    time.min(CENTURY).as_millis().to_string()
}

const FOREIGN: StoreError = StoreError::Unreadable { what: "it is not as a store writes it" };

/// How much longer than its row a listing counts: longer than the steps between the two may take.
const AHEAD: Duration = Duration::from_secs(60);

const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// More than that many insertions of one row within one step are not of an application.
const MOST_TRIES: usize = 4;
