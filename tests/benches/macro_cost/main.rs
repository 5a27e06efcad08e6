//! What the attribute and the library cost whoever compiles them: processor seconds of `cargo check`.
//!
//! `cargo bench -p oauth-tests --bench macro_cost` writes crates into a temporary folder, compiles them there, and
//! prints the rows of `BENCHMARKS.md`; `-- P8` prints some of them. It takes many minutes, and needs the registry for
//! the peers. `ROUNDS=1` is the quick way, three rounds are the default. Nothing fails because of a time.
//!
//! What is counted is the processor time of cargo, the compilers and the build scripts, user and system together: it
//! says more than the time on the wall where a machine is shared. Nothing is compiled incrementally.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may fail, and prints what it saw"
)]

mod cargo;
mod catalogue;
mod declared;
mod derive;
mod login;
mod program;
#[expect(dead_code, reason = "the other bench uses the rest")]
#[path = "../peers/table.rs"]
mod table;

use std::env;

use cargo::Workshop;
use table::Row;

/// What was seen: a row, and what does not fit into it.
struct Shown {
    row: Row,
    remarks: Vec<String>,
}

/// Every row, by the name of its aim.
const ROWS: [(&str, Make); 4] =
    [("P8", login::row), ("P8a", derive::row), ("P9", declared::row), ("P9a", catalogue::row)];

type Make = fn(&Workshop, usize) -> Shown;

fn main() {
    let wanted: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let rounds = env::var("ROUNDS").map_or(3, |rounds| rounds.parse().unwrap());
    let workshop = Workshop::new();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let shown: Vec<(&str, Shown)> = ROWS
        .into_iter()
        .filter(|(name, _)| is_wanted(name))
        .map(|(name, row)| (name, row(&workshop, rounds)))
        .collect();
    println!("{}", table::HEAD);
    for (name, shown) in &shown {
        println!("| {name} {}", shown.row);
    }
    for (name, shown) in &shown {
        for remark in &shown.remarks {
            println!("\n{name}: {remark}");
        }
    }
}
