//! The server as a process of its own.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::{Value, json};

/// `server.mjs`, for as long as this lives.
pub(crate) struct Server {
    process: Child,
    talk: Mutex<Talk>,
    pub(crate) base: String,
}

/// What is said to the server, and what it says: a line each.
struct Talk {
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Talk {
    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        serde_json::from_str(&line).expect("the server says a line of JSON")
    }
}

impl Server {
    /// A server with settings as `server.mjs` has them.
    pub(crate) fn start(settings: &Value) -> Self {
        let mut process = Command::new("node")
            .args(["--no-warnings", "server.mjs", &settings.to_string()])
            .current_dir(INTEROP)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = process.stdin.take().unwrap();
        let stdout = BufReader::new(process.stdout.take().unwrap());
        let talk = Mutex::new(Talk { stdin, stdout });
        let mut server = Self { process, talk, base: String::new() };
        let said = server.talk.get_mut().unwrap().hear();
        said["base"].as_str().unwrap().clone_into(&mut server.base);
        server
    }

    /// How the requests to a path have been answered: their statuses.
    pub(crate) fn answered(&self, path: &str) -> Vec<u64> {
        let answered = self.ask(&json!({ "do": "answered" }));
        let statuses = answered[path].as_array().into_iter().flatten();
        statuses.map(|status| status.as_u64().unwrap()).collect()
    }

    /// How many requests there have been to a path.
    pub(crate) fn requests(&self, path: &str) -> usize {
        self.answered(path).len()
    }

    /// What the server has called itself, and how it was answered.
    pub(crate) fn posted(&self) -> Value {
        self.ask(&json!({ "do": "posted" }))
    }

    /// What was presented for each grant, and what was given for it.
    pub(crate) fn granted(&self) -> Value {
        self.ask(&json!({ "do": "granted" }))
    }

    /// Has the server sign with keys of its making, and publish no others.
    pub(crate) fn change_keys(&self) {
        self.ask(&json!({ "do": "newKeys" }));
    }

    /// Has users who log in from now on have proved who they are some seconds ago.
    pub(crate) fn prove_users(&self, ago: u64) {
        self.ask(&json!({ "do": "proved", "ago": ago }));
    }

    fn ask(&self, command: &Value) -> Value {
        let mut talk = self.talk.lock().unwrap();
        writeln!(talk.stdin, "{command}").unwrap();
        talk.hear()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A private key of a client, in the two forms that keys are kept in.
pub(crate) struct Key {
    pub(crate) jwk: String,
    pub(crate) pem: String,
}

impl Key {
    /// A new key of a kind that node knows: `rsa`, `ec` (on P-256), `ed25519`.
    pub(crate) fn generate(kind: &str) -> Self {
        let script = format!(
            "const options = {{ modulusLength: 2048, namedCurve: 'P-256' }};
            const key = require('node:crypto').generateKeyPairSync('{kind}', options).privateKey;
            const pem = key.export({{ type: 'pkcs8', format: 'pem' }});
            const jwk = JSON.stringify(key.export({{ format: 'jwk' }}));
            console.log(JSON.stringify({{ jwk, pem }}));"
        );
        let made = run(Command::new("node").args(["--eval", &script])).unwrap();
        let made: Value = serde_json::from_str(&made).unwrap();
        let form = |name: &str| made[name].as_str().unwrap().to_owned();
        Self { jwk: form("jwk"), pem: form("pem") }
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
