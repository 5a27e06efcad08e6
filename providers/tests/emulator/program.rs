//! The program, started as a process.

use std::io::{BufRead as _, BufReader, Lines, Read as _};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

/// A process that listens; it is ended when this is dropped.
pub(crate) struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// What it printed before the first request.
    pub(crate) announcement: String,
    /// `http://127.0.0.1:…`
    pub(crate) url: String,
}

impl Program {
    /// Starts it on a free port, and waits until it listens.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments)
            .args(["--addr", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().expect("it says where it listens").unwrap();
        let url = first.strip_prefix("Listening on ").unwrap().to_owned();
        let mut announcement = String::new();
        while !announcement.ends_with("Ctrl-C ends it.\n\n") {
            announcement += &lines.next().expect("it says all that is needed").unwrap();
            announcement.push('\n');
        }
        Self { child, lines, announcement, url }
    }

    /// The next line of its log, without the time.
    pub(crate) fn logged(&mut self) -> String {
        let line = self.lines.next().expect("a request is logged").unwrap();
        let (time, rest) = line.split_once("  ").unwrap();
        assert!(time.len() == 9 && time.ends_with('Z'), "{line}");
        rest.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Ends it as a person does, and returns what it printed since.
    #[cfg(unix)]
    pub(crate) fn interrupt(mut self) -> (ExitStatus, String) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        let rest = self.lines.by_ref().map(|line| line.unwrap() + "\n");
        (status, rest.collect())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs it to its end: what it said on standard error, which goes with a failure.
pub(crate) fn failure(arguments: &[&str]) -> String {
    let mut child =
        command(arguments).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{words}");
    words
}

/// Runs it to its end: what it printed.
pub(crate) fn success(arguments: &[&str]) -> String {
    let output = command(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_emulator"));
    command.args(arguments).stdin(Stdio::null());
    command
}
