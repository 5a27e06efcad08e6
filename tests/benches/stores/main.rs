//! Sessions a second: what each store lets an application read and write, beside `tower-sessions` and its store.
//!
//! `cargo bench -p oauth-tests --bench stores` prints a table; `-- SQLite Redis` some rows of it. Sixteen requests are
//! under way at once, in process; a read is a page that needs a login, of one of 1,000 browsers in turn, and a write is
//! a login. Both have the same server with the same settings, and take turns; a number is the median over the rounds.
//!
//! The work is not the same. Our write is the whole callback: the login's cookie opened, the exchange answered in
//! memory, the session sealed and inserted, and in a database what is over forgotten in the same step. Theirs is a
//! handler that puts the same tokens into a session, in the clear; what is over is left to a task, which does not run
//! here. The rows of the memory show what is not the database's.
//!
//! The stores of `tower-sessions` in databases are in a program of their own, `peers/`, which is compiled when this
//! runs, for some minutes the first time, and needs the registry for it. Where that fails ours stand alone, and a
//! server that is not installed is left out. Nothing fails because of a time.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may fail, and prints what it saw"
)]

#[expect(dead_code, reason = "the other bench uses the rest")]
#[path = "../peers/application.rs"]
mod application;
mod ours;
mod program;
#[expect(dead_code, reason = "the other benches use the rest")]
#[path = "../peers/table.rs"]
mod table;
mod tower_sessions_application;
mod visitors;

use std::time::Duration;

use oauth_providers::store::{MemoryStore, PostgresStore, RedisStore, SqliteStore};
use oauth_tests::{Postgres, RedisServer};
use tokio::runtime::Runtime;

use application::token_answer;
use ours::Ours;
use program::{Peers, Program};
use table::{Case, Seen};
use tower_sessions_application::Application;

/// Every store, by its name.
const STORES: [(&str, Make); 4] =
    [("memory", memory), ("SQLite", sqlite), ("PostgreSQL", postgres), ("Redis", redis)];

/// Prints the rows of a store.
type Make = fn(&Runtime, &Peers);

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let peers = Peers::compiled();
    let runtime = Runtime::new().unwrap();
    println!("{HEAD}");
    for (name, rows) in STORES {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            rows(&runtime, &peers);
        }
    }
}

const HEAD: &str = "\
| store | work | ours, a second | `tower-sessions`, a second | ours, of `tower-sessions` | both with |
| --- | --- | --- | --- | --- | --- |";

fn memory(runtime: &Runtime, _: &Peers) {
    let store = tower_sessions::MemoryStore::default();
    let peer = runtime.block_on(Application::new(store, &token_answer(true)));
    Sides {
        store: "memory",
        both_with: "the memory of the process; `tower-sessions` 0.15",
        runtime,
        ours: runtime.block_on(Ours::new(MemoryStore::new())),
        peer: Some(Peer::Here(peer)),
        reads: 40_000,
        writes: 2_000,
    }
    .print();
}

fn sqlite(runtime: &Runtime, peers: &Peers) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name| folder.path().join(name).to_str().unwrap().to_owned();
    let ours = runtime.block_on(async {
        let store = SqliteStore::open(path("ours.sqlite")).await.unwrap();
        store.migrate().await.unwrap();
        Ours::new(store).await
    });
    Sides {
        store: "SQLite",
        both_with: "`journal_mode = WAL`, `synchronous = FULL`, 4 connections, one file each; \
            `tower-sessions` 0.14, sqlx 0.8, SQLite 3.46 in a program of its own",
        runtime,
        ours,
        peer: peers.start("sqlite", &path("peer.sqlite")).map(Peer::Program),
        reads: 2_000,
        writes: 200,
    }
    .print();
}

fn postgres(runtime: &Runtime, peers: &Peers) {
    let Some(server) = Postgres::start() else { return };
    let url = server.url("postgres");
    let ours = runtime.block_on(async {
        let store = PostgresStore::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        Ours::new(store).await
    });
    Sides {
        store: "PostgreSQL",
        both_with: "one server, `fsync = off`, over loopback without TLS, 10 connections each; \
            `tower-sessions` 0.14, sqlx 0.8, in a program of its own",
        runtime,
        ours,
        peer: peers.start("postgres", &url).map(Peer::Program),
        reads: 2_000,
        writes: 500,
    }
    .print();
}

fn redis(runtime: &Runtime, peers: &Peers) {
    let Some(server) = RedisServer::start() else { return };
    let url = server.url();
    Sides {
        store: "Redis",
        both_with: "one server that keeps nothing on disk, over loopback without TLS, one connection each; \
            `tower-sessions` 0.14, fred 10, in a program of its own",
        runtime,
        ours: runtime.block_on(async { Ours::new(RedisStore::connect(&url).await.unwrap()).await }),
        peer: peers.start("redis", &url).map(Peer::Program),
        reads: 4_000,
        writes: 1_000,
    }
    .print();
}

/// An application of ours and one of `tower-sessions`, over the same kind of store.
struct Sides<'a> {
    store: &'static str,
    both_with: &'static str,
    runtime: &'a Runtime,
    ours: Ours,
    peer: Option<Peer>,
    /// How many sessions of each are read in a round.
    reads: u32,
    writes: u32,
}

/// Where `tower-sessions` is.
enum Peer {
    Here(Application),
    Program(Program),
}

impl Sides<'_> {
    fn print(&self) {
        let reads = |count| self.runtime.block_on(self.ours.read(count));
        self.print_row("read", self.reads, &reads);
        let writes = |count| self.runtime.block_on(self.ours.write(count));
        self.print_row("write", self.writes, &writes);
    }

    fn print_row(&self, work: &str, count: u32, ours: &dyn Fn(usize) -> Duration) {
        let pieces = usize::try_from(count).unwrap();
        let mut cases = vec![Case::ours(OURS, || ours(pieces))];
        if let Some(peer) = &self.peer {
            cases.push(Case::peer(THEIRS, move || peer.take(self.runtime, work, pieces)));
        }
        let seen = Seen::in_turns(ROUNDS, count, cases);
        let rate = |case| format!("{:.0}", 1.0 / seen.time(case).as_secs_f64());
        let (theirs, ratio) = match self.peer {
            Some(_) => (rate(THEIRS), format!("{:.2}", seen.ratio(THEIRS, OURS))),
            None => ("not compiled".to_owned(), String::new()),
        };
        let (store, both_with) = (self.store, self.both_with);
        println!("| {store} | {work} | {} | {theirs} | {ratio} | {both_with} |", rate(OURS));
    }
}

impl Peer {
    /// How long it takes to read or to write that many sessions.
    fn take(&self, runtime: &Runtime, work: &str, count: usize) -> Duration {
        match self {
            Self::Here(application) if work == "read" => runtime.block_on(application.read(count)),
            Self::Here(application) => runtime.block_on(application.write(count)),
            Self::Program(program) => program.take(work, count),
        }
    }
}

const ROUNDS: usize = 15;
const OURS: &str = "ours";
const THEIRS: &str = "`tower-sessions`";
