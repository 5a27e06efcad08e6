//! Many processes over one store, killed at any instant, and a server that remembers everything.
//!
//! `cargo run -p oauth-tests --bin refresh-torture -- --help` says what it can be told; `tests/torture.md` has what it found.
//!
//! The parent is the authorization server, the API, and the judge; it is never killed ([`rig`], [`server`]). Each worker is a
//! process of this binary with many tasks that call the API through the library ([`worker`]). What everybody did is written
//! down ([`event`]), and in the end thirteen questions are asked of it ([`mod@judge`]). The exit code says whether an answer was
//! no. A seed repeats what goes wrong and when; which process does what at that instant is the machine's choice.

#![expect(clippy::print_stdout, reason = "it is a program")]

mod application;
mod event;
mod failpoint;
mod judge;
mod oracle;
mod plan;
mod random;
mod rig;
mod server;
mod table;
mod watched;
mod weather;
mod worker;

use std::error::Error;
use std::process::ExitCode;

use crate::judge::{History, judge};
use crate::plan::{Request, USAGE};

/// Whatever keeps the program from running. What it finds out is no failure.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((role, rest)) if role == "worker" => work(rest).map(|()| true),
        Some((help, _)) if help == "--help" => {
            println!("{USAGE}");
            Ok(true)
        }
        _ => torture(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(2)
        }
    }
}

fn work(arguments: &[String]) -> Result<(), Failure> {
    let orders = arguments.first().ok_or("a worker is started by its parent")?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(worker::work(serde_json::from_str(orders)?))
}

/// True if every invariant holds.
fn torture(arguments: &[String]) -> Result<bool, Failure> {
    let request = Request::parse(arguments)?;
    let Some((plan, _server)) = request.plan()? else { return Ok(true) };
    let record = if request.judge {
        rig::gather(&plan)?
    } else {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let record = runtime.block_on(rig::run(&plan))?;
        runtime.shutdown_background();
        record
    };
    let history = History::new(record.events);
    let findings = judge(&history, plan.mode, &record.leaks);
    print!("{}", table::render(&request, &plan, &history, &findings));
    Ok(findings.iter().all(|finding| finding.violations.is_empty()))
}
