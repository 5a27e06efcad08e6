//! A stand-in for OAuth 2.0 providers: for an application in any language, without registering anything anywhere.
//!
//! `cargo run --bin emulator -- github` answers as GitHub does, at `http://127.0.0.1:4000`; `--help` says what it can be told.
//!
//! # Where everything is
//!
//! A provider is found under a *base*: the server's own address where there is one provider, the address and the provider's
//! slug where there are several. Each endpoint stands there behind its own host, as [`Environment::at`] has it:
//! `{base}/github.com/login/oauth/authorize`.
//!
//! # What an issuer calls itself
//!
//! An application of this library is moved by its environment, and goes on to expect the issuer that is declared. An
//! application of another language is given an issuer, and expects that the metadata, the callback and the ID token name just
//! that one. No answer suits both, so that there are two addresses, and no flag to forget:
//!
//! | under | the issuer is | for |
//! | --- | --- | --- |
//! | `{base}/accounts.google.com/…` | `https://accounts.google.com` | `Environment::at` |
//! | `{base}/issuer/accounts.google.com/…` | `{base}/issuer/accounts.google.com` | every other application |
//!
//! Both are one server, with the same users, tokens and faults. What is printed for other applications has `/issuer` where the
//! provider declares an issuer, and not where nobody would ask for one. An issuer with tenants is called by the tenant that
//! was asked, as a real one is. `--url` says where applications find the server, if that is not where it listens.
//!
//! # What it does not do
//!
//! It keeps nothing when it ends, and it is no server for anybody but a developer: who can reach it can log in as anybody.
//! What is logged names no secret, no code and no token.
//!
//! [`Environment::at`]: oauth_providers::Environment::at

mod announcement;
mod arguments;
mod behaviour;
mod choice;
mod duration;
mod endpoint;
mod fault;
mod file;
mod log;
mod page;
mod placeholder;
mod route;
mod server;
mod stand_in;
mod users;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::Arguments;

/// Whatever keeps the program from running, in words for the person who started it.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("emulator: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.list {
        say(&choice::list());
        return Ok(());
    }
    let behaviour = arguments.behaviour.read()?;
    let chosen = choice::choose(arguments)?;
    // The server waits far more than it works: one thread does.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(server::run(arguments, chosen, &behaviour))
}

/// Prints lines. That nobody reads them is no reason to stop.
fn say(lines: &str) {
    let _ = writeln!(std::io::stdout(), "{}", lines.trim_end());
}
