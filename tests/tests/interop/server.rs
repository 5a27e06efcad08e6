//! The server as a process of its own.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// `server.mjs`, for as long as this lives.
pub(crate) struct Server {
    process: Child,
    pub(crate) base: String,
}

impl Server {
    /// `lifetime` is that of an access token, in seconds; with one the server gives refresh tokens, and rotates them.
    pub(crate) fn start(redirect_uri: &str, lifetime: Option<u32>) -> Self {
        let mut process = Command::new("node")
            .args(["--no-warnings", "server.mjs", redirect_uri])
            .args(lifetime.map(|seconds| seconds.to_string()))
            .current_dir(INTEROP)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = BufReader::new(process.stdout.take().unwrap()).read_line(&mut line);
        let mut server = Self { process, base: String::new() };
        stdout.unwrap();
        let said: Value = serde_json::from_str(&line).expect("the server says where it listens");
        said["base"].as_str().unwrap().clone_into(&mut server.base);
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Whether the server can be run; if not, why.
pub(crate) fn installed() -> Result<(), String> {
    static INSTALLED: OnceLock<Result<(), String>> = OnceLock::new();
    INSTALLED.get_or_init(install).clone()
}

fn install() -> Result<(), String> {
    let version = run(Command::new("node").args(["--print", "process.versions.node"]))?;
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        return Err(format!("node {OLDEST_NODE} is needed, found {}", version.trim()));
    }
    let interop = Path::new(INTEROP);
    let installed = interop.join("node_modules");
    if installed.exists() {
        return Ok(());
    }
    // Another process may install at the same time: whoever is first puts a whole installation in place.
    let beside = tempfile::Builder::new().prefix("node_modules.").tempdir_in(interop).unwrap();
    for file in ["package.json", "package-lock.json"] {
        fs::copy(interop.join(file), beside.path().join(file)).unwrap();
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    npm.current_dir(beside.path());
    run(&mut npm)?;
    match fs::rename(beside.path().join("node_modules"), &installed) {
        Err(error) if !installed.exists() => Err(format!("node_modules cannot be kept: {error}")),
        _ => Ok(()),
    }
}

/// What a command prints; if it fails, the first line of its complaint.
fn run(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{program} cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} failed: {}", complaint.lines().next().unwrap_or_default()))
}

/// A test that cannot run passes, but not where everything it needs must be there.
#[expect(clippy::print_stdout, reason = "a test that did nothing must say so")]
pub(crate) fn skipped(why: &str) {
    assert!(env::var("CI").as_deref() != Ok("true"), "cannot be skipped in CI: {why}");
    println!("skipped: {why}");
}

const INTEROP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/interop");
const OLDEST_NODE: u32 = 20;
