//! Rows in Redis: the contract, and what becomes of a step when the server is away, slow, empty or holds something
//! else.

use std::error::Error;
use std::fmt::Debug;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use oauth_providers::SystemEntropy;
use oauth_providers::store::{
    Acquired, Lease, Owner, RedisStore, Replaced, Store, StoreError, contract,
};
use oauth_tests::{RedisServer, free_port};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::own_process::is_alone;

#[tokio::test]
async fn sr_04_rows_in_redis_keep_the_contract() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();

    contract::check(&store, sleep).await;

    let left = server.keys();
    assert!(!left.is_empty() && left.iter().all(|key| key.starts_with("oauth:")), "{left:?}");
    assert!(left.iter().all(|key| server.ask::<i64>(&["PTTL", key]) > 0), "all of it ends");
}

#[tokio::test]
async fn sr_10_a_user_with_the_documented_permissions_keeps_the_contract() {
    let Some(server) = RedisServer::start() else { return };
    let user = [
        "ACL",
        "SETUSER",
        "app",
        "on",
        ">password",
        "resetchannels",
        "-@all",
        "~shop:*",
        "+eval",
        "+evalsha",
        "+time",
        "+type",
        "+del",
        "+hdel",
        "+hget",
        "+hmget",
        "+hset",
        "+pexpire",
        "+pttl",
        "+zadd",
        "+zrangebyscore",
        "+zrem",
        "+zscore",
    ];
    server.ask::<()>(&user);
    let url = server.url_of("app", "password");
    let store = RedisStore::connect(&url).await.unwrap().prefix("shop:");

    contract::check(&store, sleep).await;

    let elsewhere = store.clone().prefix("other:");
    assert_eq!(
        said(elsewhere.insert("key", b"", HOUR, &[]).await),
        "the store could not be asked: Redis refused: NOPERM"
    );
    server.ask::<()>(&["ACL", "SETUSER", "app", "+select"]);
    let second = RedisStore::connect(&format!("{url}/1")).await.unwrap().prefix("shop:");
    assert!(second.insert("key", b"", HOUR, &[]).await.unwrap());
    assert!(store.load("key").await.unwrap().is_none(), "a database of the address is another");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_in_two_processes_one_has_the_lease_and_one_replaces() {
    let Some(server) = RedisServer::start() else { return };
    let stores = [
        RedisStore::connect(&server.url()).await.unwrap(),
        RedisStore::connect(&server.url()).await.unwrap(),
    ];
    assert!(stores[0].insert("counter", b"0", HOUR, &["all"]).await.unwrap());

    let mut tasks = JoinSet::new();
    for task in 0..64 {
        let store = stores[task % 2].clone();
        tasks.spawn(async move { add_one(&store).await });
    }
    tasks.join_all().await;

    let row = stores[1].load("counter").await.unwrap().unwrap();
    assert_eq!((row.version, &row.value[..], row.lease), (65, &b"64"[..], Lease::Free));
    assert_eq!(stores[1].keys("all").await.unwrap(), ["counter"]);
}

/// Reads, waits for nothing but its turn, and writes one more.
async fn add_one(store: &RedisStore) {
    let owner = owner();
    loop {
        let row = store.load("counter").await.unwrap().unwrap();
        match store.acquire("counter", row.version, &owner, HOUR).await.unwrap() {
            Acquired::Yes { recovered: false } => {}
            Acquired::Held | Acquired::Stale => {
                sleep(Duration::from_millis(5)).await;
                continue;
            }
            other => panic!("{other:?}"),
        }
        let count: u64 = String::from_utf8(row.value).unwrap().parse().unwrap();
        let value = (count + 1).to_string();
        let step = store.replace("counter", row.version, value.as_bytes(), HOUR, Some(&owner));
        assert_eq!(step.await.unwrap(), Replaced::Yes(row.version + 1));
        return;
    }
}

#[tokio::test]
async fn a_server_that_comes_back_is_used_again() {
    let Some(mut server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    assert!(store.insert("key", b"one", HOUR, &[]).await.unwrap());

    server.stop();
    for _ in 0..3 {
        let began = Instant::now();
        let said = said(store.load("key").await);
        assert!(said.starts_with("the store could not be asked: "), "{said}");
        assert!(began.elapsed() < Duration::from_secs(1), "who refuses is not waited for");
    }
    server.start_again();

    assert!(store.load("key").await.unwrap().is_none(), "it kept nothing on disk");
    assert!(store.insert("key", b"two", HOUR, &["all"]).await.unwrap());
}

#[tokio::test]
async fn a_connection_that_is_killed_is_replaced() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    assert!(store.insert("key", b"one", HOUR, &[]).await.unwrap());

    for _ in 0..10 {
        server.ask::<i64>(&["CLIENT", "KILL", "TYPE", "normal"]);
        if let Err(error) = store.load("key").await {
            assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        }
        assert_eq!(store.load("key").await.unwrap().unwrap().value, b"one");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_server_is_waited_for_and_a_hanging_one_is_not() {
    let Some(server) = RedisServer::start() else { return };
    let server = Arc::new(server);
    let store = RedisStore::connect(&server.url()).await.unwrap();
    assert!(store.insert("key", b"one", HOUR, &[]).await.unwrap());

    let asleep = sleeps(&server, "3").await;
    let began = Instant::now();
    assert_eq!(store.load("key").await.unwrap().unwrap().value, b"one");
    assert!(began.elapsed() > Duration::from_secs(2));
    asleep.await.unwrap();

    let asleep = sleeps(&server, "8").await;
    let began = Instant::now();
    assert_eq!(
        said(store.load("key").await),
        "the store could not be asked: Redis did not answer within 5s"
    );
    assert!(began.elapsed() < Duration::from_secs(6));
    assert_eq!(store.load("key").await.unwrap().unwrap().value, b"one");
    asleep.await.unwrap();
}

/// Has the server answer nobody for so many seconds, and waits until it is so.
async fn sleeps(server: &Arc<RedisServer>, seconds: &'static str) -> tokio::task::JoinHandle<()> {
    let server = server.clone();
    let asleep = tokio::task::spawn_blocking(move || server.ask(&["DEBUG", "SLEEP", seconds]));
    sleep(Duration::from_millis(300)).await;
    asleep
}

#[tokio::test]
async fn no_error_shows_the_password_or_a_key() {
    let Some(server) = RedisServer::start() else { return };
    let canary = "canary-password";
    server.ask::<()>(&["ACL", "SETUSER", "app", "on", ">other", "+@all", "~*"]);
    let nobody = format!("redis://app:{canary}@127.0.0.1:{}", free_port());

    let wrong = RedisStore::connect(&server.url_of("app", canary)).await;
    assert_eq!(
        said(wrong),
        "the store could not be asked: Redis does not know this user and password"
    );
    let absent = said(RedisStore::connect(&nobody).await);
    assert!(absent.starts_with("the store could not be asked: there is no connection to Redis: "));
    for url in [
        format!("http://app:{canary}@127.0.0.1"),
        format!("redis://app:{canary}@"),
        format!("redis://app:{canary}@127.0.0.1/database"),
        format!("rediss://app:{canary}@127.0.0.1/#insecure"),
    ] {
        assert_eq!(
            said(RedisStore::connect(&url).await),
            "the store could not be asked: the address is not \
             `redis[s]://[[user]:password@]host[:port][/database]`"
        );
    }
    let store = RedisStore::connect(&server.url_of("app", "other")).await.unwrap();
    assert_eq!(format!("{store:?}"), r#"RedisStore { prefix: "oauth:", .. }"#);

    server.ask::<()>(&["ACL", "SETUSER", "app", ">canary-other", "<other"]);
    server.ask::<i64>(&["CLIENT", "KILL", "USER", "app"]);
    said(store.load("canary-key").await);
    let changed = said(store.load("canary-key").await);
    assert_eq!(changed, "the store could not be asked: Redis does not know this user and password");
    server.ask::<()>(&["ACL", "SETUSER", "app", ">other"]);
    assert!(store.load("canary-key").await.unwrap().is_none(), "a password may come back");
}

#[tokio::test]
async fn a_server_that_demands_a_password_is_not_used_without_one() {
    let Some(server) = RedisServer::start_with(&["--requirepass", "secret"]) else { return };

    let without = RedisStore::connect(&server.url()).await;
    assert_eq!(said(without), "the store could not be asked: Redis refused: NOAUTH");
    let store = RedisStore::connect(&server.url_of("", "secret")).await.unwrap();
    assert!(store.insert("key", b"", HOUR, &[]).await.unwrap());
}

#[tokio::test]
async fn who_accepts_and_never_answers_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();

    for scheme in ["redis", "rediss"] {
        let began = Instant::now();
        assert_eq!(
            said(RedisStore::connect(&format!("{scheme}://127.0.0.1:{port}")).await),
            "the store could not be asked: Redis did not answer within 5s"
        );
        assert!(began.elapsed() < Duration::from_secs(6));
    }
}

/// The task behind a connection ends with the runtime that it was made in.
#[test]
fn a_store_is_used_in_one_runtime_after_another() {
    let Some(server) = RedisServer::start() else { return };
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let store = first.block_on(RedisStore::connect(&server.url())).unwrap();
    assert!(first.block_on(store.insert("key", b"one", HOUR, &[])).unwrap());
    drop(first);

    let row = runtime().block_on(store.load("key"));

    assert_eq!(row.unwrap().unwrap().value, b"one");
}

#[test]
fn sr_10_tls_takes_a_certificate_that_the_platform_trusts_and_no_other() {
    let home = tempfile::tempdir().unwrap();
    let name = "redis::sr_10_tls_takes_a_certificate_that_the_platform_trusts_and_no_other";
    if !is_alone(name, &[("SSL_CERT_FILE", &home.path().join("trusted.pem"))]) {
        return;
    }
    let trusted = std::env::var_os("SSL_CERT_FILE").unwrap();
    let home = Path::new(&trusted).parent().unwrap();
    let authority = authority();
    std::fs::write(&trusted, authority.pem()).unwrap();
    let Some((_good, good)) = serve(home, "good", &authority) else { return };
    let Some((_bad, bad)) = serve(home, "bad", &self::authority()) else { return };

    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let url = |host: &str, port: u16| format!("rediss://:secret@{host}:{port}");
        let store = RedisStore::connect(&url("localhost", good)).await.unwrap();
        let value = vec![0xff; 1 << 20];
        assert!(store.insert("key", &value, HOUR, &[]).await.unwrap());
        assert!(store.load("key").await.unwrap().unwrap().value == value);

        for refused in [url("127.0.0.1", good), url("localhost", bad)] {
            let said = said(RedisStore::connect(&refused).await);
            let begins =
                "the store could not be asked: there is no connection to Redis: invalid peer";
            assert!(said.starts_with(begins), "{said}");
        }
    });
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A server that speaks TLS on the port besides, as `localhost`.
fn serve(
    home: &Path,
    name: &str,
    authority: &CertifiedIssuer<'static, KeyPair>,
) -> Option<(RedisServer, u16)> {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    let file = |ending: &str, content: String| {
        let path = home.join(format!("{name}.{ending}"));
        std::fs::write(&path, content).unwrap();
        path.into_os_string().into_string().unwrap()
    };
    let (certificate, key) = (file("pem", certificate.pem()), file("key", key.serialize_pem()));
    let port = free_port();
    let server = RedisServer::start_with(&[
        "--tls-port",
        &port.to_string(),
        "--tls-auth-clients",
        "no",
        "--requirepass",
        "secret",
        "--tls-cert-file",
        &certificate,
        "--tls-key-file",
        &key,
        "--tls-ca-cert-file",
        &certificate,
    ])?;
    Some((server, port))
}

/// Rows that no store has written, by the commands that make them.
#[tokio::test]
async fn what_no_store_has_written_is_unreadable() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    let row = ["HSET", "oauth:{key}", "version", "1", "value", "one"];
    let with = |more: &[&'static str]| [&row[..], more].concat();
    let rows = [
        vec!["SET", "oauth:{key}", "one"],
        vec!["RPUSH", "oauth:{key}", "one"],
        vec!["ZADD", "oauth:{key}", "1", "one"],
        vec!["HSET", "oauth:{key}", "version", "1"],
        vec!["HSET", "oauth:{key}", "value", "one"],
        vec!["HSET", "oauth:{key}", "foreign", "one"],
        with(&["version", "one"]),
        with(&["version", ""]),
        with(&["version", "0"]),
        with(&["version", "01"]),
        with(&["version", "-1"]),
        with(&["version", "1.5"]),
        with(&["version", "99999999999999999999"]),
        with(&["version", "999999999999999999999"]),
        with(&["owner", "somebody"]),
        with(&["owner", "somebody", "lease_until", "soon"]),
        with(&["listing", "one"]),
        with(&["indexes", "one"]),
    ];
    for row in rows {
        server.ask::<()>(&["FLUSHALL"]);
        server.ask::<redis::Value>(&row);
        server.ask::<()>(&["PEXPIRE", "oauth:{key}", "3600000"]);

        let loaded = store.load("key").await;

        assert!(matches!(loaded, Err(StoreError::Unreadable { .. })), "{row:?}: {loaded:?}");
        every_step_is_taken_or_unreadable(&store).await;
    }
    server.ask::<()>(&["FLUSHALL"]);
    server.ask::<i64>(&row);
    let endless = store.load("key").await;
    assert!(matches!(endless, Err(StoreError::Unreadable { .. })), "a row has an end: {endless:?}");
    server.ask::<i64>(&["HSET", "oauth:{key}", "listing", "\u{fffd} x y", "indexes", "a \n b"]);
    server.ask::<()>(&["PEXPIRE", "oauth:{key}", "3600000"]);
    every_step_is_taken_or_unreadable(&store).await;
}

async fn every_step_is_taken_or_unreadable(store: &RedisStore) {
    let owner = owner();
    for step in [
        store.acquire("key", 1, &owner, HOUR).await.map(drop),
        store.renew("key", &owner, HOUR).await.map(drop),
        store.release("key", &owner).await,
        store.touch("key", HOUR).await.map(drop),
        store.replace("key", 1, b"two", HOUR, Some(&owner)).await.map(drop),
        store.replace("key", 1, b"two", HOUR, None).await.map(drop),
        store.replace("key", u64::MAX, b"two", HOUR, None).await.map(drop),
        store.insert("key", b"two", HOUR, &["all"]).await.map(drop),
        store.remove("key").await.map(drop),
    ] {
        if let Err(error) = step {
            assert!(matches!(error, StoreError::Unreadable { .. }), "{error:?}");
        }
    }
}

/// Indexes that no store has written.
#[tokio::test]
async fn what_no_store_has_listed_is_not_listed() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    let index = "oauth:index:{all}";

    server.ask::<()>(&["SET", index, "one"]);
    assert!(matches!(store.keys("all").await, Err(StoreError::Unreadable { .. })));
    let inserted = store.insert("key", b"", HOUR, &["all"]).await;
    assert!(matches!(inserted, Err(StoreError::Unreadable { .. })), "{inserted:?}");
    assert!(store.load("key").await.unwrap().is_none(), "what is not listed is not kept");

    server.ask::<()>(&["DEL", index]);
    for member in ["", " ", "alone", " x", "\u{e4} x", "a\tb x"] {
        server.ask::<()>(&["ZADD", index, "+inf", member]);
    }
    assert!(store.insert("key", b"", HOUR, &["all"]).await.unwrap());
    assert_eq!(store.keys("all").await.unwrap(), ["key"]);
}

#[tokio::test]
async fn a_server_that_forgot_the_scripts_is_told_them_again() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    let owner = owner();

    let flush = || server.ask::<()>(&["SCRIPT", "FLUSH", "SYNC"]);
    assert!(store.insert("key", b"one", HOUR, &["all"]).await.unwrap());
    flush();
    assert_eq!(store.load("key").await.unwrap().unwrap().value, b"one");
    flush();
    let acquired = store.acquire("key", 1, &owner, HOUR).await.unwrap();
    assert_eq!(acquired, Acquired::Yes { recovered: false });
    flush();
    let replaced = store.replace("key", 1, b"two", HOUR * 2, Some(&owner)).await.unwrap();
    assert_eq!(replaced, Replaced::Yes(2));
    flush();
    assert_eq!(store.keys("all").await.unwrap(), ["key"]);
    flush();
    assert!(store.remove("key").await.unwrap());
    assert_eq!(store.keys("all").await.unwrap(), [""; 0]);
}

/// In a cluster a script may use the keys of one slot alone.
#[tokio::test]
async fn sr_10_a_row_is_one_key_in_the_slot_of_its_name() {
    let bus = free_port().to_string();
    let cluster = ["--cluster-enabled", "yes", "--cluster-port", &bus];
    let Some(server) = RedisServer::start_with(&cluster) else { return };
    server.ask::<()>(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
    while !server.ask::<String>(&["CLUSTER", "INFO"]).contains("cluster_state:ok") {
        sleep(Duration::from_millis(50)).await;
    }
    let store = RedisStore::connect(&server.url()).await.unwrap();
    let owner = owner();

    for key in ["session:one", "a{b}c", "}", "{}"] {
        server.ask::<()>(&["FLUSHALL"]);
        assert!(store.insert(key, b"one", HOUR, &[]).await.unwrap());
        store.acquire(key, 1, &owner, HOUR).await.unwrap();
        assert_eq!(server.keys(), [format!("oauth:{{{key}}}")]);
    }
    let slot = |key: &str| server.ask::<i64>(&["CLUSTER", "KEYSLOT", key]);
    assert_eq!(slot("oauth:{session:one}"), slot("session:one"));
    assert_eq!(slot("oauth:index:{account:one}"), slot("account:one"));
    contract::check(&store, sleep).await;
}

/// Both are two steps in two slots: the listing is there first, and lasts longer.
#[tokio::test]
async fn a_listing_outlasts_its_row_however_the_row_is_prolonged() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    let outlasts = |lifetime: Duration| {
        let row = server.ask::<i64>(&["PTTL", "oauth:{key}"]);
        let index = server.ask::<i64>(&["PTTL", "oauth:index:{all}"]);
        let wanted = i64::try_from(lifetime.as_millis()).unwrap();
        assert!((wanted - 5_000..=wanted).contains(&row), "{row}");
        assert!(index >= wanted, "{index}");
        let listed = server.ask::<Vec<String>>(&["ZRANGE", "oauth:index:{all}", "0", "-1"]);
        let [listing] = &listed[..] else { panic!("a row is listed once: {listed:?}") };
        let until = server.ask::<f64>(&["ZSCORE", "oauth:index:{all}", listing]);
        let ends = server.ask::<i64>(&["PEXPIRETIME", "oauth:{key}"]);
        assert!(until >= ends as f64, "{until} {ends}");
    };

    assert!(store.insert("key", b"one", HOUR, &["all"]).await.unwrap());
    outlasts(HOUR);
    assert!(store.touch("key", HOUR * 10).await.unwrap());
    outlasts(HOUR * 10);
    let replaced = store.replace("key", 1, b"two", HOUR * 30, None).await.unwrap();
    assert_eq!(replaced, Replaced::Yes(2));
    outlasts(HOUR * 30);
    assert!(store.touch("key", HOUR).await.unwrap());
    outlasts(HOUR);
    assert!(!store.insert("key", b"one", HOUR, &["all"]).await.unwrap());
    outlasts(HOUR);
}

/// As if everything were interrupted between the two: who may write only one of them writes the listing, or nothing.
#[tokio::test]
async fn a_row_that_cannot_be_listed_is_neither_kept_nor_prolonged() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    let user = async |name: &str, keys: &str| {
        server.ask::<()>(&["ACL", "SETUSER", name, "on", ">password", "+@all", keys]);
        RedisStore::connect(&server.url_of(name, "password")).await.unwrap()
    };
    let refused = "the store could not be asked: Redis refused: NOPERM";
    let (rows, lists) = (user("rows", "~oauth:{*").await, user("lists", "~oauth:index:*").await);

    assert_eq!(said(rows.insert("key", b"one", HOUR, &["all"]).await), refused);
    assert_eq!(server.keys(), [""; 0]);
    assert_eq!(said(lists.insert("key", b"one", HOUR, &["all"]).await), refused);
    assert_eq!(server.keys(), ["oauth:index:{all}"]);
    assert!(store.insert("key", b"one", HOUR, &["all"]).await.unwrap());
    assert_eq!(said(rows.touch("key", HOUR * 2).await), refused);
    assert_eq!(said(rows.replace("key", 1, b"two", HOUR * 2, None).await), refused);
    let row = store.load("key").await.unwrap().unwrap();
    assert_eq!((row.version, row.left <= HOUR), (1, true));
    assert!(rows.remove("key").await.unwrap(), "a listing that stays harms nobody");
    assert!(store.load("key").await.unwrap().is_none());
}

/// What a crash between the two leaves goes by itself, and takes no listing of another insertion with it.
#[tokio::test]
async fn sr_05_a_listing_without_a_row_is_forgotten_when_its_time_is_over() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    let index = "oauth:index:{all}";
    for listing in 0..2_500 {
        server.ask::<i64>(&["ZADD", index, "1", &format!("gone{listing} x")]);
    }
    server.ask::<i64>(&["ZADD", index, "99999999999999", "crashed x"]);
    assert!(store.insert("key", b"one", HOUR, &["all"]).await.unwrap());
    assert_eq!(server.ask::<usize>(&["ZCARD", index]), 1_502, "a thousand at a time");

    for _ in 0..2 {
        assert_eq!(store.keys("all").await.unwrap(), ["crashed", "key"]);
    }

    assert_eq!(server.ask::<usize>(&["ZCARD", index]), 2);
    server.ask::<()>(&["DEL", "oauth:{key}"]);
    assert!(store.insert("key", b"two", HOUR, &["all"]).await.unwrap());
    assert_eq!(store.keys("all").await.unwrap(), ["crashed", "key"], "a key is listed once");
    assert!(store.remove("key").await.unwrap());
    assert_eq!(store.keys("all").await.unwrap(), ["crashed", "key"], "the other one may remain");
}

/// What a failover leaves behind where the address still names the old primary.
#[tokio::test]
async fn sr_10_a_server_that_became_a_replica_takes_no_row_until_it_is_the_primary_again() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    assert!(store.insert("key", b"one", HOUR, &["all"]).await.unwrap());

    server.ask::<()>(&["REPLICAOF", "127.0.0.1", &free_port().to_string()]);
    for _ in 0..2 {
        assert_eq!(
            said(store.acquire("key", 1, &owner(), HOUR).await),
            "the store could not be asked: Redis refused: READONLY"
        );
    }
    server.ask::<()>(&["REPLICAOF", "NO", "ONE"]);

    let acquired = store.acquire("key", 1, &owner(), HOUR).await.unwrap();
    assert_eq!(acquired, Acquired::Yes { recovered: false });
}

#[tokio::test]
async fn a_full_server_takes_no_row_and_still_forgets() {
    let Some(server) = RedisServer::start() else { return };
    let store = RedisStore::connect(&server.url()).await.unwrap();
    assert!(store.insert("key", b"one", HOUR, &["all"]).await.unwrap());
    server.ask::<()>(&["CONFIG", "SET", "maxmemory", "1"]);

    let refused = said(store.insert("other", b"one", HOUR, &[]).await);
    assert_eq!(refused, "the store could not be asked: Redis refused: OOM");
    assert_eq!(store.load("key").await.unwrap().unwrap().value, b"one");
    assert!(store.remove("key").await.unwrap());
}

trait Ask {
    /// What the server answers to a command that no store sends.
    fn ask<T: redis::FromRedisValue>(&self, command: &[&str]) -> T;

    fn keys(&self) -> Vec<String> {
        self.ask(&["KEYS", "*"])
    }
}

impl Ask for RedisServer {
    fn ask<T: redis::FromRedisValue>(&self, command: &[&str]) -> T {
        let mut connection = redis::Client::open(self.url()).unwrap().get_connection().unwrap();
        redis::cmd(command[0]).arg(&command[1..]).query(&mut connection).unwrap()
    }
}

/// What an error says, with its causes; neither it nor its `Debug` holds a canary.
fn said<T: Debug>(result: Result<T, StoreError>) -> String {
    let error = result.unwrap_err();
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        said = format!("{said}: {error}");
        cause = error.source();
    }
    assert!(!said.contains("canary"), "{said}");
    said
}

fn owner() -> Owner {
    Owner::random(&SystemEntropy).unwrap()
}

const HOUR: Duration = Duration::from_secs(3600);
