//! One process of the application: many tasks that call the API.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::{ApiClient, ApiError, HttpClient as _, OAuth, Reqwest};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing_subscriber::EnvFilter;

use crate::Failure;
use crate::application::{Backend, Torture, name, oauth};
use crate::event::{At, Log, Outcome, What, now};
use crate::failpoint::Failpoint;
use crate::random::Random;
use crate::server::lock;
use crate::watched::{SENT, WatchedClient, WatchedStore};

/// What a worker is told.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Orders {
    pub(crate) folder: PathBuf,
    pub(crate) backend: Backend,
    /// Where the server is.
    pub(crate) address: String,
    pub(crate) seed: u64,
    /// Which worker it is.
    pub(crate) number: usize,
    /// How many processes there were before it.
    pub(crate) incarnation: u64,
    pub(crate) tasks: usize,
    pub(crate) accounts: usize,
    /// Whether the guard is broken on purpose.
    pub(crate) is_broken: bool,
}

/// Works until the standard input ends.
pub(crate) async fn work(orders: Orders) -> Result<(), Failure> {
    let stem = format!("worker-{}-{}", orders.number, orders.incarnation);
    let log = Log::open(&orders.folder.join(format!("{stem}.events")))?;
    trace(File::create(orders.folder.join(format!("{stem}.trace")))?);
    let (stop, stopped) = watch::channel(false);
    let finish = stop.clone();
    thread::spawn(move || {
        // Whatever ends it: the parent wants no more, or is gone.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        stop.send_replace(true);
    });

    let failpoint = std::env::var("FAILPOINT").unwrap_or_default();
    let failpoint = Arc::new(Failpoint::new(&failpoint, log.clone(), finish));
    // Every other worker has a pool of one connection.
    let connections = if orders.number.is_multiple_of(2) { 1 } else { 4 };
    let store = orders.backend.open(connections).await?;
    let store = WatchedStore::new(store, log.clone(), Arc::clone(&failpoint));
    let store = if orders.is_broken { store.broken() } else { store };
    let http_client = Reqwest::new()?;
    let client = WatchedClient::new(http_client.clone(), log.clone(), failpoint);
    let oauth = oauth(Arc::new(store), client, &orders.address, orders.seed, &Arc::default())?;

    let worker = Arc::new(Worker {
        oauth,
        http_client,
        log,
        address: orders.address,
        accounts: orders.accounts,
    });
    let mut tasks = JoinSet::new();
    for task in 0..orders.tasks {
        let part = orders.incarnation * 1000 + u64::try_from(task)? + 10;
        let random = Random::new(orders.seed, part);
        tasks.spawn(Arc::clone(&worker).call_for_ever(random, stopped.clone()));
    }
    // The parent is never gone before the channel is.
    let _ = stopped.clone().wait_for(|stopped| *stopped).await;
    let finished = timeout(PATIENCE, async { while tasks.join_next().await.is_some() {} }).await;
    let unfinished = if finished.is_ok() { 0 } else { tasks.len() };
    let drained = timeout(PATIENCE, worker.oauth.drain()).await;
    worker.log.say(What::Quiet { unfinished: unfinished + usize::from(drained.is_err()) });
    Ok(())
}

struct Worker {
    oauth: OAuth<Torture>,
    http_client: Reqwest,
    log: Log,
    address: String,
    accounts: usize,
}

impl Worker {
    async fn call_for_ever(self: Arc<Self>, mut random: Random, stopped: watch::Receiver<bool>) {
        let mut clients = HashMap::new();
        while !*stopped.borrow() {
            sleep(random.millis(30, 400)).await;
            self.call_once(&mut random, &mut clients).await;
        }
    }

    async fn call_once(
        &self,
        random: &mut Random,
        clients: &mut HashMap<usize, ApiClient<Torture>>,
    ) {
        let account = random.zipf(self.accounts);
        let looked_up = now();
        // Half of the calls are made with a client that somebody has kept, and its tokens may be old.
        let kept = clients.remove(&account).filter(|_| random.per_mille(500));
        let is_kept = kept.is_some();
        let client = match kept {
            Some(client) => Ok(client),
            None => self.oauth.client_for(&name(account)).await,
        };
        let limit = random.per_mille(100).then(|| random.millis(0, 50));
        let began = now();
        let sent = Arc::new(Mutex::new(None));
        let outcome = match &client {
            Ok(client) => {
                let call = SENT.scope(Arc::clone(&sent), call(client));
                match limit {
                    Some(limit) => timeout(limit, call).await.unwrap_or(Outcome::Dropped),
                    None => call.await,
                }
            }
            Err(error) => outcome_of(error),
        };
        let sent = *lock(&sent);
        self.log.say(What::Called { account, began, sent, outcome });
        match (client, outcome) {
            (_, Outcome::Reconnect) if !is_kept => self.report(account, looked_up).await,
            (Ok(client), Outcome::Done | Outcome::Dropped | Outcome::Unavailable) => {
                clients.insert(account, client);
            }
            _ => {}
        }
    }

    /// Tells the parent that somebody has to log in anew.
    async fn report(&self, account: usize, began: At) {
        let address = format!("{}/reconnect?account={account}&began={began}", self.address);
        if let Ok(request) = Request::post(address).body(Bytes::new()) {
            // Another task says it too.
            let _ = self.http_client.call(request).await;
        }
        sleep(Duration::from_millis(100)).await;
    }
}

async fn call(client: &ApiClient<Torture>) -> Outcome {
    let answer = match client.get("me") {
        Ok(request) => request.send().await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(answer) if answer.status() == StatusCode::OK => Outcome::Done,
        Ok(_) => Outcome::Refused,
        Err(error) => outcome_of(&error),
    }
}

fn outcome_of(error: &ApiError) -> Outcome {
    match error {
        ApiError::Reconnect { .. } => Outcome::Reconnect,
        ApiError::Unavailable { .. } => Outcome::Unavailable,
        _ => Outcome::Failed,
    }
}

/// Everything that the library and its neighbours say, to be searched for tokens.
fn trace(file: File) {
    let filter = EnvFilter::new("debug,oauth_runtime=trace,hyper=info,hyper_util=info,sqlx=info");
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false);
    subscriber.with_writer(Mutex::new(file)).init();
}

/// Longer than a call may take.
const PATIENCE: Duration = Duration::from_secs(30);
