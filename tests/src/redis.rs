//! A Redis of a test's own.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::server::{free_port, skipped};

/// A `redis-server` on a loopback port that keeps nothing on disk, and ends with this value.
///
/// It is Redis 7 or newer, which the command `DEBUG` has to be allowed to.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    options: Vec<String>,
    home: TempDir,
    process: Option<Child>,
}

impl RedisServer {
    /// Starts one and waits for it; `None` if Redis is not installed: the test is skipped.
    ///
    /// # Panics
    ///
    /// If Redis is not installed and `CI` is `true`, or does not answer within ten seconds.
    #[must_use]
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// Starts one with options beyond those that every test needs.
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start) does.
    #[must_use]
    pub fn start_with(options: &[&str]) -> Option<Self> {
        if !is_installed() {
            skipped("Redis");
            return None;
        }
        let mut server = Self {
            port: free_port(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            home: tempfile::tempdir().expect("a temporary folder can be made"),
            process: None,
        };
        server.start_again();
        Some(server)
    }

    /// Where it is, for whoever needs no password.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Where it is, for a user with a password.
    #[must_use]
    pub fn url_of(&self, user: &str, password: &str) -> String {
        format!("redis://{user}:{password}@127.0.0.1:{}", self.port)
    }

    /// Ends it at once, as a crash would: what it held is gone.
    ///
    /// # Panics
    ///
    /// If the system does not let it.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("a child can be killed");
            process.wait().expect("a child can be waited for");
        }
    }

    /// Starts it on the port that it had.
    ///
    /// # Panics
    ///
    /// If it does not answer within ten seconds.
    pub fn start_again(&mut self) {
        self.stop();
        let process = Command::new(PROGRAM)
            .args(["--port", &self.port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"])
            .args(["--enable-debug-command", "yes", "--loglevel", "warning"])
            .args(&self.options)
            .current_dir(self.home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        self.process = Some(process.expect("Redis can be started"));
        let deadline = Instant::now() + Duration::from_secs(10);
        while !self.answers() {
            assert!(Instant::now() < deadline, "Redis does not answer");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn answers(&self) -> bool {
        let ping = || {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(1)))?;
            stream.write_all(b"PING\r\n")?;
            let mut answer = [0; 7];
            stream.read_exact(&mut answer)?;
            Ok::<_, std::io::Error>(answer)
        };
        ping().is_ok_and(|answer| &answer == b"+PONG\r\n" || &answer == b"-NOAUTH")
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn is_installed() -> bool {
    let program = Command::new(PROGRAM).arg("--version").stdout(Stdio::null()).status();
    program.is_ok_and(|status| status.success())
}

const PROGRAM: &str = "redis-server";
