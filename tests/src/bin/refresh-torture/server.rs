//! The authorization server and the API, which are never killed. What they have seen is the truth.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::sleep;

use crate::event::{Actor, At, Log, Verdict, What, now};
use crate::oracle::{Mode, Oracle, access_token, refresh_token};
use crate::random::Random;
use crate::weather::Weather;

pub(crate) struct Server {
    pub(crate) mode: Mode,
    pub(crate) oracle: Mutex<Oracle>,
    weather: Mutex<Weather>,
    random: Mutex<Random>,
    log: Log,
    /// Which login each account had last.
    families: Mutex<HashMap<usize, u32>>,
    presented: Mutex<u64>,
    /// The logins whose refresh tokens are being looked at, by the number of the request.
    under_way: Mutex<BTreeMap<u64, u32>>,
    /// The processes of workers that are not reaped: these numbers are nobody else's.
    pub(crate) workers: Mutex<HashSet<u32>>,
    /// Where workers say that an account has to log in anew.
    reports: UnboundedSender<Report>,
}

/// A worker was told to log in anew, in a call that began then.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report {
    pub(crate) account: usize,
    pub(crate) began: At,
}

/// A request as far as anybody here asks.
struct Request {
    path: String,
    query: HashMap<String, String>,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

/// What a connection is given.
enum Reply {
    Answer(String),
    Reset,
}

impl Server {
    pub(crate) fn new(
        mode: Mode,
        seed: u64,
        canary: &str,
        log: Log,
        reports: UnboundedSender<Report>,
    ) -> Self {
        Self {
            mode,
            oracle: Mutex::new(Oracle::new(mode, canary)),
            weather: Mutex::new(Weather::default()),
            random: Mutex::new(Random::new(seed, 1)),
            log,
            families: Mutex::default(),
            presented: Mutex::default(),
            under_way: Mutex::default(),
            workers: Mutex::default(),
            reports,
        }
    }

    pub(crate) fn turn(&self, weather: Weather) {
        *lock(&self.weather) = weather;
    }

    pub(crate) fn family(&self, account: usize) -> Option<u32> {
        lock(&self.families).get(&account).copied()
    }

    /// How many refresh requests there were.
    pub(crate) fn presented(&self) -> u64 {
        *lock(&self.presented)
    }

    /// An account whose login is being renewed at this moment.
    pub(crate) fn renewing(&self) -> Option<usize> {
        let families: Vec<u32> = lock(&self.under_way).values().copied().collect();
        let accounts = lock(&self.families);
        let mut renewing = accounts.iter().filter(|(_, family)| families.contains(family));
        renewing.next().map(|(account, _)| *account)
    }

    pub(crate) async fn serve(self: Arc<Self>, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let server = Arc::clone(&self);
                    tokio::spawn(async move {
                        // A client that is killed breaks off.
                        let _ = server.converse(stream).await;
                    });
                }
                Err(_) => sleep(Duration::from_millis(10)).await,
            }
        }
    }

    async fn converse(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut buffer = Vec::new();
        while let Some(request) = read(&mut stream, &mut buffer).await? {
            if request.path == "/token" && !request.form().contains_key("code") {
                if !self.refresh(&request, &mut stream).await? {
                    return Ok(());
                }
                continue;
            }
            let answer = self.answer(&request);
            stream.write_all(answer.as_bytes()).await?;
        }
        Ok(())
    }

    /// Answers a refresh request. False if the connection is to be closed.
    async fn refresh(&self, request: &Request, stream: &mut TcpStream) -> io::Result<bool> {
        let number = {
            let mut presented = lock(&self.presented);
            *presented += 1;
            *presented
        };
        let reply = self.exchange(request, number).await;
        lock(&self.under_way).remove(&number);
        match reply {
            Reply::Answer(answer) => {
                let is_gone = matches!(stream.try_read(&mut [0]), Ok(0));
                let written = stream.write_all(answer.as_bytes()).await;
                let is_lost = is_gone || written.is_err();
                self.log.say_of(request.actor(), What::Answered { number, is_lost });
                Ok(!is_lost)
            }
            Reply::Reset => {
                self.log.say_of(request.actor(), What::Answered { number, is_lost: true });
                stream.set_zero_linger()?;
                Ok(false)
            }
        }
    }

    async fn exchange(&self, request: &Request, number: u64) -> Reply {
        let (arrived, by) = (now(), request.actor());
        let form = request.form();
        let token = form.get("refresh_token").and_then(|token| refresh_token(token));
        let Some(token) = token else {
            return Reply::Answer(error("400 Bad Request", "invalid_request", ""));
        };
        lock(&self.under_way).insert(number, token.family);
        let say =
            |verdict| self.log.say_of(by, What::Presented { number, token, arrived, verdict });
        let weather = *lock(&self.weather);
        let (fault, is_lost, (before, after)) = {
            let mut random = lock(&self.random);
            let fault = fault(&weather, &mut random);
            (fault, random.per_mille(weather.lost), weather.latency(&mut random))
        };
        if let Some(verdict) = fault {
            say(verdict);
            return reply(verdict);
        }
        sleep(before).await;
        let verdict = {
            let mut oracle = lock(&self.oracle);
            let verdict = oracle.present(token, arrived);
            say(verdict);
            verdict
        };
        if request.headers.get("x-failpoint").is_some_and(|name| name == "after-send") {
            let workers = lock(&self.workers);
            if workers.contains(&by.process) {
                signal(by.process, Signal::KILL);
            }
        }
        if is_lost {
            return Reply::Reset;
        }
        sleep(after).await;
        match verdict {
            Verdict::Rotated(access) | Verdict::Again(access) | Verdict::Kept(access) => {
                let mut oracle = lock(&self.oracle);
                oracle.begin_life(access);
                let body = oracle.answer(access, self.mode != Mode::Keep);
                Reply::Answer(json("200 OK", "", &body))
            }
            _ => Reply::Answer(error("400 Bad Request", "invalid_grant", "")),
        }
    }

    fn answer(&self, request: &Request) -> String {
        match request.path.as_str() {
            "/token" => self.log_in(request),
            "/revoke" => {
                let form = request.form();
                let token = form.get("token").and_then(|token| refresh_token(token));
                if let Some(token) = token {
                    lock(&self.oracle).revoke(token.family);
                    self.log.say_of(request.actor(), What::Revoked { family: token.family });
                }
                json("200 OK", "", "{}")
            }
            "/reconnect" => {
                let number = |name: &str| request.query.get(name)?.parse().ok();
                if let (Some(account), Some(began)) = (number("account"), number("began")) {
                    let account = usize::try_from(account).unwrap_or_default();
                    // Nobody listens when the run is over.
                    let _ = self.reports.send(Report { account, began });
                }
                json("200 OK", "", "{}")
            }
            _ => self.api(request),
        }
    }

    /// The code is the account.
    fn log_in(&self, request: &Request) -> String {
        let form = request.form();
        let account = form.get("code").and_then(|code| code.strip_prefix('c')?.parse().ok());
        let Some(account) = account else { return error("400 Bad Request", "invalid_grant", "") };
        let mut oracle = lock(&self.oracle);
        let family = oracle.log_in(life(account));
        lock(&self.families).insert(account, family);
        self.log.say(What::LoggedIn { account, family });
        let body = oracle.answer(crate::event::Access { family, serial: 0 }, true);
        json("200 OK", "", &body)
    }

    fn api(&self, request: &Request) -> String {
        let bearer = request.headers.get("authorization");
        let token = bearer.and_then(|it| it.strip_prefix("Bearer ")).and_then(access_token);
        let Some(token) = token else {
            return error("401 Unauthorized", "invalid_token", "www-authenticate: Bearer\r\n");
        };
        let oracle = lock(&self.oracle);
        let is_good = oracle.is_good(token);
        self.log.say_of(request.actor(), What::Used { token, is_good });
        if is_good {
            return json("200 OK", "", "{}");
        }
        let challenge = "www-authenticate: Bearer error=\"invalid_token\"\r\n";
        error("401 Unauthorized", "invalid_token", challenge)
    }
}

impl Request {
    fn form(&self) -> HashMap<String, String> {
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// The task that sent it.
    fn actor(&self) -> Actor {
        let header = self.headers.get("x-actor").map_or("", String::as_str);
        let (process, task) = header.split_once('-').unwrap_or_default();
        Actor {
            process: process.parse().unwrap_or_default(),
            task: task.parse().unwrap_or_default(),
        }
    }
}

/// Reads a request; `None` if the client has closed the connection.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let head = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let text = String::from_utf8_lossy(&buffer[..head]).into_owned();
    let mut lines = text.lines();
    let target = lines.next().unwrap_or_default().split(' ').nth(1).unwrap_or_default().to_owned();
    let headers: HashMap<_, _> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.get("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
    while buffer.len() < head + length {
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
    let body = buffer[head..head + length].to_vec();
    buffer.drain(..head + length);
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    Ok(Some(Request { path: path.to_owned(), query, headers, body }))
}

fn fault(weather: &Weather, random: &mut Random) -> Option<Verdict> {
    if weather.is_down || random.per_mille(weather.unavailable) {
        Some(Verdict::Unavailable)
    } else if random.per_mille(weather.limited) {
        Some(Verdict::Limited(1 + random.next() % 2))
    } else if random.per_mille(weather.reset) {
        Some(Verdict::Reset)
    } else if random.per_mille(weather.html) {
        Some(Verdict::Html)
    } else {
        None
    }
}

fn reply(fault: Verdict) -> Reply {
    Reply::Answer(match fault {
        Verdict::Limited(seconds) => {
            let header = format!("retry-after: {seconds}\r\n");
            error("429 Too Many Requests", "temporarily_unavailable", &header)
        }
        Verdict::Html => message("200 OK", "content-type: text/html\r\n", "<html>a proxy</html>"),
        Verdict::Reset => return Reply::Reset,
        _ => message("503 Service Unavailable", "", "down"),
    })
}

fn error(status: &str, code: &str, headers: &str) -> String {
    json(status, headers, &format!(r#"{{"error":"{code}"}}"#))
}

fn json(status: &str, headers: &str, body: &str) -> String {
    message(status, &format!("content-type: application/json\r\n{headers}"), body)
}

fn message(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

/// Most access tokens live so briefly that the library only ever renews what is expired; those of every fourth account are
/// renewed ahead of it.
pub(crate) fn life(account: usize) -> Duration {
    Duration::from_secs(if account % 4 == 3 { 20 } else { 2 })
}

/// Sends a signal to a worker of this run.
pub(crate) fn signal(process: u32, signal: Signal) {
    let pid = i32::try_from(process).ok().and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // It may be gone already.
        let _ = kill_process(pid, signal);
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
