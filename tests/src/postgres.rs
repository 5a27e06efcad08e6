//! A PostgreSQL server for the length of a test.

use std::fmt;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::server::{free_port, skipped};

/// A server with nothing in it, on a free port of this machine, in a folder that goes with it.
///
/// It asks for a password (SCRAM), speaks TLS with a certificate of its own to who wants it, and trusts no disk: what it holds
/// is lost with the machine.
pub struct Postgres {
    /// None while it is stopped.
    server: Mutex<Option<Child>>,
    programs: PathBuf,
    port: u16,
    folder: TempDir,
}

impl Postgres {
    /// The name of the user who may do everything.
    pub const USER: &str = "tester";
    /// The password of this user.
    pub const PASSWORD: &str = "canary-of-the-password";

    /// Starts a server, and waits until it answers. `None` where PostgreSQL is not installed.
    ///
    /// # Panics
    ///
    /// If it is installed and does not start, or is not installed where it must be (`CI=true`).
    #[must_use]
    pub fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            skipped("PostgreSQL");
            return None;
        };
        let folder = tempfile::tempdir().expect("there is a folder for what is temporary");
        if let Some(user) = unprivileged() {
            give(folder.path(), user);
        }
        let port = free_port();
        let postgres = Self { server: Mutex::new(None), programs, port, folder };
        postgres.fill();
        postgres.go_on();
        Some(postgres)
    }

    /// The server that other tests have at this moment, or a new one. It ends with the last who has it.
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start) does.
    #[must_use]
    pub fn shared() -> Option<Arc<Self>> {
        static SHARED: Mutex<Weak<Postgres>> = Mutex::new(Weak::new());

        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(postgres) = shared.upgrade() {
            return Some(postgres);
        }
        let postgres = Arc::new(Self::start()?);
        *shared = Arc::downgrade(&postgres);
        Some(postgres)
    }

    /// Where a database of this server is found, with the user and the password.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let (user, password, port) = (Self::USER, Self::PASSWORD, self.port);
        format!("postgres://{user}:{password}@127.0.0.1:{port}/{database}?sslmode=disable")
    }

    /// The file with the certificate that the server shows.
    #[must_use]
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("certificate")
    }

    /// Ends the server, with all its connections; what was committed stays.
    ///
    /// # Panics
    ///
    /// If it does not end.
    pub fn stop(&self) {
        let mut server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut server) = server.take() {
            end(&mut server);
        }
    }

    /// Starts the server again, on the same port and with the same databases.
    ///
    /// # Panics
    ///
    /// If it does not answer.
    pub fn go_on(&self) {
        let mut command = self.program("postgres");
        command.arg("-D").arg(self.data()).args(["-p", &self.port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "max_connections=200",
            "ssl=on",
            "ssl_cert_file=../certificate",
            "ssl_key_file=../key",
        ] {
            command.args(["-c", setting]);
        }
        let mut server = command.spawn().expect("the server is a program that runs");
        let until = Instant::now() + PATIENCE;
        while !self.answers() {
            let ended = server.try_wait().expect("the server is our own process");
            if ended.is_some() || until < Instant::now() {
                end(&mut server);
                panic!("the server does not answer: {}", self.log());
            }
            sleep(Duration::from_millis(20));
        }
        *self.server.lock().unwrap_or_else(PoisonError::into_inner) = Some(server);
    }

    /// Makes the folder of its databases.
    fn fill(&self) {
        let password = self.folder.path().join("password");
        std::fs::write(&password, Self::PASSWORD).expect("the folder takes files");
        let mut initdb = self.program("initdb");
        initdb.arg("-D").arg(self.data()).arg("--pwfile").arg(&password);
        initdb.args(["--username", Self::USER, "--auth=scram-sha-256"]);
        initdb.args(["--no-sync", "--encoding=UTF8", "--locale=C"]);
        let done = initdb.status().expect("initdb is a program that runs");
        assert!(done.success(), "initdb: {}", self.log());

        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]);
        let made = made.expect("a certificate needs no more than a name");
        std::fs::write(self.certificate(), made.cert.pem()).expect("the folder takes files");
        let key = self.folder.path().join("key");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("the folder takes files");
        // The server refuses a key that others may read.
        let done = Command::new("chmod").arg("0600").arg(&key).status();
        assert!(done.is_ok_and(|status| status.success()), "a file's owner may close it");
        if let Some(user) = unprivileged() {
            give(&key, user);
        }
    }

    /// One of its programs, which writes what it says into the log. The server refuses to run as root.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = match unprivileged() {
            None => Command::new(program),
            Some(user) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", user, "--regid", &group(user), "--clear-groups", "--"]);
                command.arg(program);
                command
            }
        };
        let log = std::fs::File::options().create(true).append(true).open(self.log_path());
        let log = log.expect("the folder takes files");
        let also = log.try_clone().expect("a file has two handles");
        command.stdin(Stdio::null()).stdout(log).stderr(also);
        command.current_dir(self.folder.path());
        command
    }

    /// Whether it takes connections: before it does, it closes them or has no port.
    fn answers(&self) -> bool {
        let listens = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok();
        listens
            && std::fs::read_to_string(self.data().join("postmaster.pid"))
                .is_ok_and(|state| state.lines().nth(7).is_some_and(|it| it.trim() == "ready"))
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
    }
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").field("port", &self.port).finish_non_exhaustive()
    }
}

/// Where `initdb` and `postgres` are: on the path, or where Debian puts them, of the newest version there.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .collect();
    debian.sort_by_key(|folder| {
        let version = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        version.and_then(|version| version.parse::<u32>().ok())
    });
    let folders = std::env::split_paths(&path).chain(debian.into_iter().rev());
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// Who the server runs as where the tests run as root.
fn unprivileged() -> Option<&'static str> {
    if id(&["-u"]) != "0" {
        return None;
    }
    let known = Command::new("id").arg("postgres").output();
    let known = known.is_ok_and(|output| output.status.success());
    Some(if known { "postgres" } else { "nobody" })
}

fn group(user: &str) -> String {
    id(&["-g", user])
}

fn id(arguments: &[&str]) -> String {
    let output = Command::new("id").args(arguments).output().expect("`id` is everywhere");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn give(folder: &Path, user: &str) {
    let done = Command::new("chown").arg(user).arg(folder).status();
    assert!(done.is_ok_and(|status| status.success()), "root gives its folders away");
}

/// Lets the server end its connections and itself; one that does not is killed.
fn end(server: &mut Child) {
    let asked = Command::new("kill").args(["-INT", &server.id().to_string()]).status();
    let until = Instant::now() + PATIENCE;
    while asked.as_ref().is_ok_and(std::process::ExitStatus::success) && Instant::now() < until {
        if !matches!(server.try_wait(), Ok(None)) {
            return;
        }
        sleep(Duration::from_millis(10));
    }
    match server.kill() {
        Err(error) if error.kind() != ErrorKind::InvalidInput => panic!("it stays: {error}"),
        _ => drop(server.wait()),
    }
}

/// How long a server may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(60);
