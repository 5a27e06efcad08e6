//! P11: requests a second over loopback: sixteen connections, each with its next request when it has its answer.
//!
//! They are `wrk`'s where that is installed, else of threads here. The page that everybody may see is sent the same
//! cookies as ours.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::guarded::Guarded;
use crate::table::{Aim, Case, Row, Seen};

const ROUNDS: usize = 7;

pub(crate) fn row() -> Row {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let bare = Served::new(&runtime, Guarded::not_at_all(&runtime));
    let ours = Served::new(&runtime, Guarded::by_us(&runtime, true));
    let tower_sessions = Served::new(&runtime, Guarded::by_tower_sessions(&runtime));
    let axum_login = Served::new(&runtime, Guarded::by_axum_login(&runtime));
    let private = Served::new(&runtime, Guarded::by_private_cookies(&runtime));

    let cases = vec![
        Case::floor("bare axum", || bare.time_of_a_request()),
        Case::ours("filter", || ours.time_of_a_request()),
        Case::peer("`tower-sessions`", || tower_sessions.time_of_a_request()),
        Case::peer("`axum-login`", || axum_login.time_of_a_request()),
        Case::peer("private cookie jar", || private.time_of_a_request()),
    ];
    let seen = Seen::in_turns(ROUNDS, 1, cases);
    let aims = vec![Aim::at_least(
        0.7,
        "requests a second, of bare axum",
        seen.ratio("bare axum", "filter"),
    )];
    Row { work: "requests over loopback, 16 connections: time of one", seen, aims }
}

/// The same with sessions in memory, whose cookies are short.
pub(crate) fn row_of_sessions() -> Row {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let ours = Guarded::by_our_sessions(&runtime, true);
    let bare = Served::new(&runtime, ours.without_guard());
    let ours = Served::new(&runtime, ours);
    let tower_sessions = Served::new(&runtime, Guarded::by_tower_sessions(&runtime));

    let cases = vec![
        Case::floor("bare axum", || bare.time_of_a_request()),
        Case::ours("filter", || ours.time_of_a_request()),
        Case::peer("`tower-sessions`", || tower_sessions.time_of_a_request()),
    ];
    let seen = Seen::in_turns(ROUNDS, 1, cases);
    let aims = vec![Aim::at_least(
        0.8,
        "requests a second, of bare axum",
        seen.ratio("bare axum", "filter"),
    )];
    Row { work: "the same with `Sessions` in memory", seen, aims }
}

/// A page on a port.
struct Served {
    address: SocketAddr,
    cookies: String,
}

impl Served {
    fn new(runtime: &Runtime, Guarded { router, cookies }: Guarded) -> Self {
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async { axum::serve(listener, router).await });
        Self { address, cookies: cookies.to_str().unwrap().to_owned() }
    }

    /// A second of load.
    fn time_of_a_request(&self) -> Duration {
        let answered = self.by_wrk().unwrap_or_else(|| self.by_threads());
        Duration::from_secs_f64(1.0 / answered)
    }

    /// Requests a second, if `wrk` is installed.
    fn by_wrk(&self) -> Option<f64> {
        let mut wrk = Command::new("wrk");
        let cookie = format!("Cookie: {}", self.cookies);
        let url = format!("http://{}/", self.address);
        wrk.args(["-t1", "-c16", "-d1s", "-H", &cookie, &url]);
        let said = String::from_utf8(wrk.output().ok()?.stdout).unwrap();
        assert!(!said.contains("Non-2xx"), "every request is answered with the page");
        let rate = said.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
        Some(rate.unwrap().trim().parse().unwrap())
    }

    /// Requests a second, by a thread for each connection.
    fn by_threads(&self) -> f64 {
        let request = format!("GET / HTTP/1.1\r\nHost: app\r\nCookie: {}\r\n\r\n", self.cookies);
        let start = Instant::now();
        let answered: u32 = std::thread::scope(|scope| {
            let connection = || {
                let mut stream = TcpStream::connect(self.address).unwrap();
                let mut answer = [0; 4096];
                let mut ask = |answer: &mut [u8]| {
                    stream.write_all(request.as_bytes()).unwrap();
                    stream.read(answer).unwrap()
                };
                let length = ask(&mut answer);
                assert!(answer.starts_with(b"HTTP/1.1 200"), "it is answered with the page");
                let asked = std::iter::from_fn(|| {
                    (start.elapsed() < SECOND).then(|| assert_eq!(ask(&mut answer), length))
                });
                u32::try_from(asked.count()).unwrap()
            };
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(connection)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        f64::from(answered) / start.elapsed().as_secs_f64()
    }
}

const SECOND: Duration = Duration::from_secs(1);
