//! The aims on speed: our work beside the least that would do it, and beside other crates that do it.
//!
//! `cargo bench -p oauth-tests` prints the table of `BENCHMARKS.md`; `cargo bench -p oauth-tests -- P2 P4` prints some
//! rows of it. All cases of a row take turns within each round, so that whatever else the machine does falls on each
//! of them, and what is printed is the median over the rounds of a ratio within a round. Nothing fails because of a
//! time.
//!
//! Our cases go through what an application calls, with the clock and the randomness of the machine.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may fail, and prints what it saw"
)]

mod allocations;
mod application;
mod guarded;
mod idle;
mod in_memory;
mod load;
mod loopback;
mod redirect;
mod refusal;
mod request;
mod request_sessions;
mod single_flight;
#[expect(dead_code, reason = "the other bench uses the rest")]
mod table;
mod token_answer;

use table::Row;

/// Every row, by the name of its aim.
const ROWS: [(&str, Make); 11] = [
    ("P1", redirect::row),
    ("P2", request::row),
    ("P3", request_sessions::row),
    ("P4", refusal::row),
    ("P5", loopback::callback),
    ("P7", single_flight::row),
    ("P10", idle::row),
    ("P11", load::row),
    ("P11a", load::row_of_sessions),
    ("P12", token_answer::row),
    ("API", loopback::api_call),
];

type Make = fn() -> Row;

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    println!("{}", table::HEAD);
    for (name, row) in ROWS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            println!("| {name} {}", row());
        }
    }
}
