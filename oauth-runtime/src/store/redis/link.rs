//! One connection for all steps of a store, made anew when it is lost.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Cmd, ErrorKind, RedisError, Value};
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

use crate::store::error::StoreError;
use crate::store::redis::address::Address;
use crate::store::redis::script::Step;

/// How long a step may take, connecting included.
const STEP_TIMEOUT: Duration = Duration::from_secs(5);

/// The way to one server.
pub(super) struct Link {
    address: Address,
    tls: Option<TlsConnector>,
    /// Held while connecting: one caller does it, for all that wait.
    connected: Mutex<Option<Arc<Connected>>>,
}

/// A connection, and the task that reads and writes it.
struct Connected {
    connection: MultiplexedConnection,
    driver: JoinHandle<()>,
    /// Who is in it may finish; nobody else enters.
    left: AtomicBool,
}

impl Connected {
    fn is_good(&self) -> bool {
        !self.driver.is_finished() && !self.left.load(Ordering::Relaxed)
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

/// What went wrong. What Redis says may repeat a key or a value: only the code it begins with is kept.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("the address is not `redis[s]://[[user]:password@]host[:port][/database]`")]
    Address,
    #[error("Redis answered what no step of the store answers")]
    Answer,
    #[error("the connection to Redis broke")]
    Broken,
    #[error("there is no connection to Redis")]
    Connect(#[source] io::Error),
    #[error("Redis does not know this user and password")]
    Login,
    #[error("Redis refused: {code}")]
    Refused { code: String },
    #[error("Redis did not answer within {STEP_TIMEOUT:?}")]
    TimedOut,
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        Self::unavailable(failure)
    }
}

impl Link {
    pub(super) fn new(url: &str) -> Result<Self, Failure> {
        let address = Address::parse(url).ok_or(Failure::Address)?;
        let tls = if address.tls { Some(tls_connector().map_err(Failure::Tls)?) } else { None };
        Ok(Self { address, tls, connected: Mutex::default() })
    }

    /// What is done from here on has to be done in time.
    pub(super) fn begin(&self) -> Ask<'_> {
        Ask { link: self, deadline: Instant::now() + STEP_TIMEOUT }
    }

    /// The connection there is, or another one.
    async fn connected(&self) -> Result<Arc<Connected>, Failure> {
        let mut slot = self.connected.lock().await;
        if let Some(connected) = slot.as_ref().filter(|it| it.is_good()) {
            return Ok(connected.clone());
        }
        *slot = None;
        let connected = Arc::new(self.connect().await?);
        Ok(slot.insert(connected).clone())
    }

    async fn connect(&self) -> Result<Connected, Failure> {
        let Address { host, port, login, .. } = &self.address;
        let stream = TcpStream::connect((host.as_str(), *port)).await.map_err(Failure::Connect)?;
        stream.set_nodelay(true).map_err(Failure::Connect)?;
        let stream: Box<dyn Stream> = match &self.tls {
            None => Box::new(stream),
            Some(tls) => {
                let name = ServerName::try_from(host.clone()).map_err(|_| Failure::Address)?;
                Box::new(tls.connect(name, stream).await.map_err(Failure::Connect)?)
            }
        };
        // The whole step is bounded instead.
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
        let (connection, driver) = MultiplexedConnection::new_with_config(login, stream, config)
            .await
            .map_err(|error| failure(&error))?;
        Ok(Connected { connection, driver: tokio::spawn(driver), left: false.into() })
    }
}

/// What one caller asks, in the time that it has.
pub(super) struct Ask<'a> {
    link: &'a Link,
    deadline: Instant,
}

impl Ask<'_> {
    /// Has Redis do a step, and reads its answer.
    pub(super) async fn step(
        &self,
        step: &Step,
        key: &str,
        arguments: &[&[u8]],
    ) -> Result<Value, Failure> {
        match self.command(&step.by_hash(key, arguments)).await {
            Err(Failure::Refused { code }) if code == "NOSCRIPT" => {
                self.command(&step.in_full(key, arguments)).await
            }
            answer => answer,
        }
    }

    pub(super) async fn command(&self, command: &Cmd) -> Result<Value, Failure> {
        let connected = timeout_at(self.deadline, self.link.connected());
        let connected = connected.await.map_err(|_| Failure::TimedOut)??;
        let mut connection = connected.connection.clone();
        let answer = timeout_at(self.deadline, connection.send_packed_command(command)).await;
        let failure = match answer {
            Ok(Ok(Value::ServerError(error))) => failure(&error.into()),
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => failure(&error),
            Err(_) => Failure::TimedOut,
        };
        if failure.is_of_the_connection() {
            connected.left.store(true, Ordering::Relaxed);
        }
        Err(failure)
    }
}

impl Failure {
    /// Whether another connection may do better. Who answers that it is a replica was the primary before.
    fn is_of_the_connection(&self) -> bool {
        match self {
            Self::Refused { code } => ["READONLY", "NOAUTH", "MASTERDOWN"].contains(&code.as_str()),
            _ => true,
        }
    }
}

fn failure(error: &RedisError) -> Failure {
    let is_code = |code: &&str| code.len() <= 32 && code.bytes().all(|it| it.is_ascii_uppercase());
    match error.kind() {
        ErrorKind::AuthenticationFailed => Failure::Login,
        _ => match error.code().filter(is_code) {
            Some("WRONGPASS") => Failure::Login,
            Some(code) => Failure::Refused { code: code.to_owned() },
            None => Failure::Broken,
        },
    }
}

/// TLS with the provider named here rather than the process-wide one, which panics when an application's features
/// bring two.
fn tls_connector() -> Result<TlsConnector, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// TCP, or TLS over it.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}
