//! The program with the peers.

use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::application::token_answer;

/// The program, if it could be compiled.
pub(crate) struct Peers(Option<PathBuf>);

impl Peers {
    /// Compiles it as it would be shipped, with the versions of its own `Cargo.lock`.
    pub(crate) fn compiled() -> Self {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/stores/peers"));
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-peers");
        let done = Command::new(env!("CARGO"))
            .args(["build", "--release", "--locked"])
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", &target)
            .status();
        let is_done = done.is_ok_and(|status| status.success());
        if !is_done {
            println!("The peers could not be compiled: what follows is ours alone.\n");
        }
        Self(is_done.then(|| target.join("release/store-peers")))
    }

    /// Starts it over the store at an address.
    pub(crate) fn start(&self, store: &str, address: &str) -> Option<Program> {
        let mut process = Command::new(self.0.as_ref()?)
            .args([store, address])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut orders = process.stdin.take().unwrap();
        let mut answers = BufReader::new(process.stdout.take().unwrap()).lines();
        writeln!(orders, "{}", token_answer(true)).unwrap();
        let ready = answers.next().expect("it says that it is ready").unwrap();
        assert_eq!(ready, "ready");
        Some(Program { process, talk: RefCell::new((orders, answers)) })
    }
}

/// A program that runs until it is dropped.
pub(crate) struct Program {
    process: Child,
    talk: RefCell<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
}

impl Program {
    /// Has it do something with that many sessions; returns how long it says that took.
    pub(crate) fn take(&self, work: &str, count: usize) -> Duration {
        let (orders, answers) = &mut *self.talk.borrow_mut();
        writeln!(orders, "{work} {count}").unwrap();
        let nanos = answers.next().expect("it answers").unwrap();
        Duration::from_nanos(nanos.parse().unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
