//! The parent: it starts the server and the workers, kills and starts them again, and sees to the users.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use oauth_providers::Reqwest;
use oauth_providers::store::{Lease, Store};
use oauth_tests::Browser;
use rustix::process::Signal;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::Failure;
use crate::application::{Backend, LEASE, Users, oauth};
use crate::event::{Actor, At, Event, Log, What, now, read};
use crate::failpoint::{ALL, Failpoint};
use crate::oracle::Mode;
use crate::random::Random;
use crate::server::{Report, Server, lock, signal};
use crate::watched::{WatchedClient, WatchedStore};
use crate::weather::Weather;
use crate::worker::Orders;

/// What a run is to be.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) backend: Backend,
    pub(crate) mode: Mode,
    pub(crate) seed: u64,
    pub(crate) workers: usize,
    pub(crate) tasks: usize,
    pub(crate) accounts: usize,
    pub(crate) phases: Vec<(Phase, Duration)>,
    pub(crate) folder: PathBuf,
    pub(crate) is_broken: bool,
}

/// A part of a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Phase {
    /// Nothing goes wrong, but that callers go away.
    Quiet,
    /// The server has a bad day, and is out of order for a while.
    Faults,
    /// Workers are killed at any instant.
    Kills,
    /// Workers are killed where it hurts.
    Failpoints,
    /// Users log out.
    Logouts,
    /// Everybody finishes.
    End,
}

impl Phase {
    pub(crate) const ALL: [Self; 5] =
        [Self::Quiet, Self::Faults, Self::Kills, Self::Failpoints, Self::Logouts];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Faults => "faults",
            Self::Kills => "kills",
            Self::Failpoints => "failpoints",
            Self::Logouts => "logouts",
            Self::End => "end",
        }
    }
}

/// What a run leaves behind.
pub(crate) struct Record {
    pub(crate) events: Vec<Event>,
    /// Files in which a token was found.
    pub(crate) leaks: Vec<String>,
}

struct Rig<'a> {
    plan: &'a Plan,
    server: Arc<Server>,
    log: Log,
    address: String,
    store: Arc<dyn Store>,
    users: Users,
    sessions: Vec<Session>,
    reports: UnboundedReceiver<Report>,
    workers: Vec<Worker>,
    random: Random,
    incarnations: u64,
    phase: Phase,
    failpoints: usize,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    kills: usize,
    logins: usize,
    logouts: usize,
}

/// The browser of an account.
struct Session {
    browser: Browser,
    /// When the login was over: who was told to log in before has not heard of it.
    since: At,
    /// Logged out, until then.
    out_until: Option<Instant>,
}

/// A worker, and its process if it has one.
#[derive(Default)]
struct Worker {
    child: Option<Child>,
    /// When it is started again, if not at once.
    again_at: Option<Instant>,
    has_failpoint: bool,
}

/// Does what was planned, and gathers what was said of it.
pub(crate) async fn run(plan: &Plan) -> Result<Record, Failure> {
    let canary = canary(plan.seed);
    let mut rig = Rig::new(plan, &canary).await?;
    for (phase, length) in &plan.phases {
        rig.live_through(*phase, *length).await?;
    }
    rig.end().await?;
    rig.look_at_rows(&canary).await?;
    gather(plan)
}

/// What the processes of a run have written down.
pub(crate) fn gather(plan: &Plan) -> Result<Record, Failure> {
    let mut events = Vec::new();
    for path in files(&plan.folder)? {
        if path.extension().is_some_and(|it| it == "events") {
            events.extend(read(&path)?);
        }
    }
    Ok(Record { events, leaks: leaks(&plan.folder, &canary(plan.seed))? })
}

impl<'a> Rig<'a> {
    async fn new(plan: &'a Plan, canary: &str) -> Result<Self, Failure> {
        let log = Log::open(&plan.folder.join("parent.events"))?;
        let (sender, reports) = unbounded_channel();
        let server = Server::new(plan.mode, plan.seed, canary, log.clone(), sender);
        let server = Arc::new(server);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        tokio::spawn(Arc::clone(&server).serve(listener));
        let (of_watch, log_of_watch) = (Arc::clone(&server), log.clone());
        thread::spawn(move || wake_the_stopped(&of_watch, &log_of_watch));
        let store = plan.backend.open(4).await?;
        let failpoint = Arc::new(Failpoint::new("", log.clone(), watch::Sender::new(false)));
        let watched = WatchedStore::new(Arc::clone(&store), log.clone(), Arc::clone(&failpoint));
        let client = WatchedClient::new(Reqwest::new()?, log.clone(), failpoint);
        let account = Arc::new(Mutex::new(0));
        let oauth = oauth(Arc::new(watched), client, &address, plan.seed, &account)?;
        let users = Users::new(oauth, account);
        let mut sessions = Vec::new();
        for account in 0..plan.accounts {
            let browser = users.log_in(account).await?;
            sessions.push(Session { browser, since: now(), out_until: None });
        }
        Ok(Self {
            plan,
            server,
            log,
            address,
            store,
            users,
            sessions,
            reports,
            workers: Vec::new(),
            random: Random::new(plan.seed, 3),
            incarnations: 0,
            phase: Phase::End,
            failpoints: 0,
            counts: Counts::default(),
        })
    }

    async fn live_through(&mut self, phase: Phase, length: Duration) -> Result<(), Failure> {
        self.phase = phase;
        self.log.say(What::Phase(phase.name().to_owned()));
        self.server.turn(self.weather(phase));
        while self.workers.len() < self.plan.workers {
            self.workers.push(Worker::default());
        }
        if phase == Phase::Failpoints {
            self.arm();
        }
        let began = Instant::now();
        let down =
            began + length / 2..began + length / 2 + (length / 2).min(Duration::from_secs(6));
        let mut is_down = false;
        let mut next_blow = began;
        let mut next_word = began;
        while began.elapsed() < length {
            let at = Instant::now();
            if phase == Phase::Faults && down.contains(&at) != is_down {
                is_down = !is_down;
                self.turn_down(is_down, down.end - at);
            }
            if at >= next_blow {
                next_blow = at + self.strike().await?;
            }
            if at >= next_word {
                next_word = at + Duration::from_secs(5);
                self.report(began.elapsed());
            }
            self.tend_workers()?;
            self.tend_users().await?;
            sleep(Duration::from_millis(3)).await;
        }
        Ok(())
    }

    /// What the server is like in a phase.
    fn weather(&self, phase: Phase) -> Weather {
        match (phase, self.plan.mode) {
            // No grace outlasts an answer that is waited for in vain.
            (Phase::Faults, Mode::Grace) => Weather { too_slow: 0, ..Weather::FOUL },
            (Phase::Faults, _) => Weather::FOUL,
            (Phase::End, _) | (Phase::Kills | Phase::Failpoints, Mode::Grace) => Weather::QUICK,
            // A logout should meet renewals that are on their way.
            (Phase::Logouts, _) => Weather { very_slow: 300, ..Weather::FAIR },
            _ => Weather::FAIR,
        }
    }

    fn turn_down(&self, is_down: bool, left: Duration) {
        self.server.turn(if is_down { Weather::DOWN } else { self.weather(Phase::Faults) });
        if is_down {
            self.log.say(What::Down { until: now() + crate::event::nanos(left) });
        }
    }

    /// Does the next bad thing of the phase, and says how long until the one after.
    async fn strike(&mut self) -> Result<Duration, Failure> {
        match self.phase {
            Phase::Kills => {
                let victim = self.random.below(self.workers.len());
                self.kill(victim)?;
                Ok(self.random.millis(5, 400))
            }
            Phase::Logouts => {
                let anybody = self.random.below(self.sessions.len());
                // Every other logout meets a renewal, if there is one.
                let renewing = self.server.renewing().filter(|_| self.random.per_mille(500));
                self.log_out(renewing.unwrap_or(anybody)).await?;
                Ok(self.random.millis(100, 500))
            }
            _ => Ok(Duration::from_secs(1)),
        }
    }

    fn kill(&mut self, victim: usize) -> io::Result<()> {
        let worker = &mut self.workers[victim];
        let Some(child) = &mut worker.child else { return Ok(()) };
        let process = child.id();
        let began = now();
        child.kill()?;
        child.wait()?;
        lock(&self.server.workers).remove(&process);
        self.log.say_of(Actor { process, task: 0 }, What::Killed { began });
        worker.child = None;
        worker.again_at = None;
        self.counts.kills += 1;
        Ok(())
    }

    /// Half of the workers finish, and come back with a place to die at.
    fn arm(&mut self) {
        for worker in self.workers.iter_mut().step_by(2) {
            worker.has_failpoint = true;
            if let Some(child) = &mut worker.child {
                drop(child.stdin.take());
            }
        }
    }

    fn spawn(&mut self, orders: &Orders, has_failpoint: bool) -> Result<Child, Failure> {
        let failpoint = if has_failpoint {
            self.failpoints += 1;
            ALL[self.failpoints % ALL.len()]
        } else {
            ""
        };
        let errors = fs::File::options()
            .create(true)
            .append(true)
            .open(self.plan.folder.join(format!("worker-{}.errors", orders.number)))?;
        let child = Command::new(std::env::current_exe()?)
            .arg("worker")
            .arg(serde_json::to_string(orders)?)
            .env("FAILPOINT", failpoint)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(errors)
            .spawn()?;
        lock(&self.server.workers).insert(child.id());
        Ok(child)
    }

    /// Whoever has died or finished is started again; whoever has stopped itself goes on after two leases.
    fn tend_workers(&mut self) -> Result<(), Failure> {
        for number in 0..self.workers.len() {
            let is_failing = self.phase == Phase::Failpoints;
            let worker = &mut self.workers[number];
            if let Some(child) = &mut worker.child {
                let process = child.id();
                let by = Actor { process, task: 0 };
                if let Some(status) = child.try_wait()? {
                    lock(&self.server.workers).remove(&process);
                    if !status.success() {
                        self.log.say_of(by, What::Killed { began: now() });
                        self.counts.kills += 1;
                    }
                    worker.child = None;
                    // Two deaths over one token are more than a grace can bear.
                    let is_delayed = is_failing && self.plan.mode == Mode::Grace;
                    let delay = LEASE + Duration::from_millis(1500);
                    worker.again_at = is_delayed.then(|| Instant::now() + delay);
                }
            }
            let worker = &self.workers[number];
            if worker.child.is_none()
                && self.phase != Phase::End
                && worker.again_at.is_none_or(|at| at <= Instant::now())
            {
                let has_failpoint = worker.has_failpoint && is_failing;
                self.restart(number, has_failpoint)?;
            }
        }
        Ok(())
    }

    fn restart(&mut self, number: usize, has_failpoint: bool) -> Result<(), Failure> {
        self.incarnations += 1;
        let orders = Orders {
            folder: self.plan.folder.clone(),
            backend: self.plan.backend.clone(),
            address: self.address.clone(),
            seed: self.plan.seed,
            number,
            incarnation: self.incarnations,
            tasks: self.plan.tasks,
            accounts: self.plan.accounts,
            is_broken: self.plan.is_broken,
        };
        let child = self.spawn(&orders, has_failpoint)?;
        let worker = &mut self.workers[number];
        worker.child = Some(child);
        worker.has_failpoint = has_failpoint;
        Ok(())
    }

    /// Users log in where a worker was told so, and where they had logged out a while ago.
    async fn tend_users(&mut self) -> Result<(), Failure> {
        while let Ok(Report { account, began }) = self.reports.try_recv() {
            let session = &self.sessions[account];
            if session.out_until.is_some() || began < session.since {
                continue;
            }
            let family = self.server.family(account).unwrap_or_default();
            self.log.say(What::Reconnect { account, family, began });
            self.log_in(account).await?;
        }
        for account in 0..self.sessions.len() {
            let out_until = self.sessions[account].out_until;
            if out_until.is_some_and(|until| until <= Instant::now()) {
                self.log_in(account).await?;
            }
        }
        Ok(())
    }

    async fn log_in(&mut self, account: usize) -> Result<(), Failure> {
        let browser = self.users.log_in(account).await?;
        self.sessions[account] = Session { browser, since: now(), out_until: None };
        self.counts.logins += 1;
        Ok(())
    }

    async fn log_out(&mut self, account: usize) -> Result<(), Failure> {
        let stays_out = self.random.millis(500, 2500);
        let session = &mut self.sessions[account];
        if session.out_until.is_some() {
            return Ok(());
        }
        let family = self.server.family(account).unwrap_or_default();
        self.users.log_out(&mut session.browser).await?;
        self.log.say(What::LoggedOut { account, family, ended: now() });
        session.out_until = Some(Instant::now() + stays_out);
        self.counts.logouts += 1;
        Ok(())
    }

    /// Nobody is killed any more; the workers finish what they have begun.
    async fn end(&mut self) -> Result<(), Failure> {
        self.phase = Phase::End;
        self.log.say(What::Phase(Phase::End.name().to_owned()));
        self.server.turn(self.weather(Phase::End));
        for worker in &mut self.workers {
            if let Some(child) = &mut worker.child {
                signal(child.id(), Signal::CONT);
                drop(child.stdin.take());
            }
        }
        let patience = Instant::now() + Duration::from_secs(70);
        while self.workers.iter().any(|worker| worker.child.is_some()) {
            self.tend_workers()?;
            self.tend_users().await?;
            if Instant::now() > patience {
                for number in 0..self.workers.len() {
                    self.kill(number)?;
                }
            }
            sleep(Duration::from_millis(20)).await;
        }
        // Who died has left a lease behind.
        sleep(LEASE + Duration::from_millis(200)).await;
        Ok(())
    }

    /// What is left in the store.
    async fn look_at_rows(&self, canary: &str) -> Result<(), Failure> {
        let mut keys = BTreeSet::new();
        for path in files(&self.plan.folder)? {
            if path.extension().is_some_and(|it| it == "events") {
                keys.extend(read(&path)?.into_iter().filter_map(|event| match event.what {
                    What::Acquired { key, .. } | What::Writing { key, .. } => Some(key),
                    _ => None,
                }));
            }
        }
        for key in keys {
            if let Some(row) = self.store.load(&key).await? {
                let has_canary = contains(&row.value, canary);
                let (version, is_held) = (row.version, row.lease == Lease::Held);
                self.log.say(What::Final { key, version, is_held, has_canary });
            }
        }
        Ok(())
    }

    fn report(&self, elapsed: Duration) {
        let Counts { kills, logins, logouts } = self.counts;
        let (phase, seconds) = (self.phase.name(), elapsed.as_secs());
        let presented = self.server.presented();
        eprintln!(
            "{phase:>10} {seconds:>4} s  {presented:>6} refresh requests  {kills:>5} kills  \
             {logins:>4} logins anew  {logouts:>4} logouts"
        );
    }
}

/// Whoever has stopped itself goes on after two leases, for as long as the program runs and whatever else it waits for.
fn wake_the_stopped(server: &Server, log: &Log) {
    let mut stopped: HashMap<u32, Instant> = HashMap::new();
    loop {
        thread::sleep(Duration::from_millis(20));
        let workers: Vec<u32> = lock(&server.workers).iter().copied().collect();
        stopped.retain(|process, _| workers.contains(process));
        for process in workers.into_iter().filter(|&process| is_stopped(process)) {
            let since = *stopped.entry(process).or_insert_with(Instant::now);
            if since.elapsed() >= LEASE * 2 {
                stopped.remove(&process);
                log.say_of(Actor { process, task: 0 }, What::Continued);
                signal(process, Signal::CONT);
            }
        }
    }
}

/// Whether a process has stopped itself.
fn is_stopped(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('T'))
}

/// What stands in every token of a run, and nowhere else.
fn canary(seed: u64) -> String {
    format!("canary{:016x}", Random::new(seed, 4).next())
}

/// Which files hold a token: logs, traces, and the files of a database.
fn leaks(folder: &Path, canary: &str) -> io::Result<Vec<String>> {
    let mut leaks = Vec::new();
    for path in files(folder)? {
        if contains(&fs::read(&path)?, canary) {
            leaks.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    Ok(leaks)
}

fn contains(bytes: &[u8], text: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(text)
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let paths: Vec<_> = entries.collect::<io::Result<_>>()?;
    Ok(paths.into_iter().filter(|path| path.is_file()).collect())
}
