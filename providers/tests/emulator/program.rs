//! The program, started as a process.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// A process that listens; it is ended when this is dropped.
pub(crate) struct Program {
    child: Child,
    lines: Receiver<String>,
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
        let lines = read(child.stdout.take().unwrap());
        let first = lines.recv().expect("it says where it listens");
        let url = first.strip_prefix("Listening on ").unwrap().to_owned();
        let mut announcement = String::new();
        while !announcement.ends_with("Ctrl-C ends it.\n\n") {
            announcement += &lines.recv().expect("it says all that is needed");
            announcement.push('\n');
        }
        Self { child, lines, announcement, url }
    }

    /// The next line of its log, without the time.
    pub(crate) fn logged(&mut self) -> String {
        let line = self.lines.recv().expect("a request is logged");
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
        let rest = self.lines.iter().map(|line| line + "\n");
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

/// Reads on whether a test wants the lines or not: a program whose output nobody takes stands still once the pipe is full.
fn read(output: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        // A test that has ended takes no more of them.
        lines.map(|line| sender.send(line)).all(|sent| sent.is_ok())
    });
    receiver
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
