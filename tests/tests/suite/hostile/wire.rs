//! A provider on a port that plays one request's answer byte by byte, and is an emulator otherwise.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use oauth_providers::{Emulator, Environment, HttpClient as _, Reqwest};
use oauth_tests::{Recorder, StoppedClock, World};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::{Hostile, configured, emulator};

/// What a server does with a connection, in its order. It closes it in the end.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Write(Vec<u8>),
    /// Writes this again and again, as long as anybody reads.
    Flood(Vec<u8>),
    /// Writes one byte after the other, with a pause before each, again and again.
    Drip(Vec<u8>, Duration),
    /// Writes this again and again, with a pause before each time.
    Pulse(Vec<u8>, Duration),
    /// Keeps the connection open, and says nothing.
    Stall,
    /// Breaks the connection instead of closing it.
    Reset,
}

/// The provider on a port.
#[derive(Clone)]
pub(super) struct Wire {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    script: VecDeque<(&'static str, Vec<Step>)>,
    connections: usize,
    requests: Vec<String>,
    /// How many bytes of what was played somebody has taken, and how many plays are over.
    written: u64,
    played: usize,
}

impl Wire {
    /// Listens on loopback, and answers as an emulator what it is not told to answer otherwise.
    pub(super) async fn listen(emulator: Emulator) -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let wire = Self { address: listener.local_addr().unwrap(), log: Arc::default() };
        let this = wire.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                this.log().connections += 1;
                tokio::spawn(this.clone().serve(stream, emulator.clone()));
            }
        });
        wire
    }

    pub(super) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Plays this to the next request whose path ends so.
    pub(super) fn play(&self, path: &'static str, steps: Vec<Step>) {
        self.log().script.push_back((path, steps));
    }

    /// How many connections there were.
    pub(super) fn connections(&self) -> usize {
        self.log().connections
    }

    /// The requests as they came, head and body.
    pub(super) fn requests(&self) -> Vec<String> {
        self.log().requests.clone()
    }

    /// How much was taken of all that was played until now, once nobody takes more.
    pub(super) async fn taken(&self, plays: usize) -> u64 {
        for _ in 0..1_000 {
            if self.log().played >= plays {
                return self.log().written;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("a connection is still read from");
    }

    fn log(&self) -> std::sync::MutexGuard<'_, Log> {
        self.log.lock().unwrap()
    }

    async fn serve(self, mut stream: TcpStream, emulator: Emulator) {
        let Some(request) = read(&mut stream).await else { return };
        let path = request.uri().path().to_owned();
        let steps = {
            let mut log = self.log();
            let head = format!("{} {}\n{:?}", request.method(), request.uri(), request.headers());
            log.requests.push(format!("{head}\n{}", String::from_utf8_lossy(request.body())));
            let here = log.script.front().is_some_and(|(known, _)| path.ends_with(known));
            if here { log.script.pop_front() } else { None }
        };
        if let Some((_, steps)) = steps {
            for step in steps {
                self.perform(&mut stream, step).await;
            }
            self.log().played += 1;
        } else {
            let response = emulator.call(request).await.unwrap();
            let _ = stream.write_all(&in_bytes(&response)).await;
        }
    }

    async fn perform(&self, stream: &mut TcpStream, step: Step) {
        match step {
            Step::Write(bytes) => {
                self.write(stream, &bytes).await;
            }
            Step::Flood(bytes) => while self.write(stream, &bytes).await {},
            Step::Drip(bytes, pause) => {
                for byte in bytes.iter().cycle() {
                    tokio::time::sleep(pause).await;
                    if !self.write(stream, &[*byte]).await {
                        return;
                    }
                }
            }
            Step::Pulse(bytes, pause) => {
                tokio::time::sleep(pause).await;
                while self.write(stream, &bytes).await {
                    tokio::time::sleep(pause).await;
                }
            }
            // Whoever waits for an answer says nothing more: what can be read is the end.
            Step::Stall => while stream.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {},
            Step::Reset => stream.set_zero_linger().unwrap(),
        }
    }

    /// Writes, and counts; false if nobody reads any more.
    async fn write(&self, stream: &mut TcpStream, mut bytes: &[u8]) -> bool {
        while !bytes.is_empty() {
            match stream.write(bytes).await {
                Ok(written) => {
                    self.log().written += written as u64;
                    bytes = &bytes[written..];
                }
                Err(_) => return false,
            }
        }
        true
    }
}

/// A request, read to its end.
async fn read(stream: &mut TcpStream) -> Option<Request<Bytes>> {
    let mut buffer = Vec::new();
    loop {
        if stream.read_buf(&mut buffer).await.ok()? == 0 {
            return None;
        }
        let Some(end) = buffer.windows(4).position(|it| it == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&buffer[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap().split(' ');
        let mut request = Request::builder().method(first.next()?).uri(first.next()?);
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        let length = request.headers_ref()?.get("content-length");
        let length: usize = length.map_or(0, |it| it.to_str().unwrap().parse().unwrap());
        while buffer.len() < end + 4 + length {
            if stream.read_buf(&mut buffer).await.ok()? == 0 {
                return None;
            }
        }
        return request.body(Bytes::copy_from_slice(&buffer[end + 4..])).ok();
    }
}

fn in_bytes(response: &Response<Bytes>) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {}\r\nconnection: close\r\n", response.status());
    for (name, value) in response.headers() {
        head.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", response.body().len()));
    [head.as_bytes(), response.body()].concat()
}

/// An application that reaches its provider over a wire, with the client that is shipped.
pub(super) async fn world() -> (World<Hostile>, Wire) {
    let clock = StoppedClock::new();
    let emulator = emulator(&clock);
    let wire = Wire::listen(emulator.clone()).await;
    let reqwest = Reqwest::new().unwrap();
    let sent = Recorder::new(reqwest.clone());
    let mut world = World::around(Hostile, emulator, clock, |builder| {
        let environment = Environment::back_channel(wire.base());
        configured(builder).environment(environment).http_client(sent.clone())
    });
    world.sent = sent;
    (world, wire)
}
