//! What the command line asks for.

use std::path::PathBuf;
use std::time::Duration;

use oauth_tests::{Postgres, RedisServer};
use tempfile::TempDir;

use crate::Failure;
use crate::application::Backend;
use crate::oracle::Mode;
use crate::rig::{Phase, Plan};

pub(crate) const USAGE: &str = "\
refresh-torture: many processes renew tokens over one store, and are killed

  --store sqlite|postgres|redis  where tokens are kept; sqlite unless set
  --mode strict|grace|keep       what the server does with refresh tokens; strict unless set
  --workers 8  --tasks 32        how many processes, and how many tasks in each
  --accounts 8                   how many users
  --seconds 60                   how long, for all phases together
  --seed 1                       what goes wrong, and when
  --kill                         the phases with deaths too
  --phase NAME                   this phase, and others that are named; quiet|faults|kills|failpoints|logouts
  --url URL                      a server that runs; one is started unless set
  --folder PATH                  keeps what was written down there
  --judge                        asks what is in the folder, and runs nothing
  --markdown                     prints a table for a document
  --broken                       gives each process a guard of its own, which must be found out

It exits with 0 if every invariant holds, with 1 if one is violated, with 2 if it could not be run.";

/// The command line.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) store: String,
    pub(crate) mode: Mode,
    pub(crate) workers: usize,
    pub(crate) tasks: usize,
    pub(crate) accounts: usize,
    pub(crate) seconds: u64,
    pub(crate) seed: u64,
    pub(crate) kill: bool,
    pub(crate) markdown: bool,
    /// Whether only the judge is wanted, of what is in the folder.
    pub(crate) judge: bool,
    phases: Vec<Phase>,
    url: Option<String>,
    folder: Option<PathBuf>,
    is_broken: bool,
}

/// What must last as long as a run.
#[derive(Default)]
pub(crate) struct Lasting {
    _folder: Option<TempDir>,
    _postgres: Option<Postgres>,
    _redis: Option<RedisServer>,
}

impl Request {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, Failure> {
        let mut request = Self {
            store: "sqlite".to_owned(),
            mode: Mode::Strict,
            workers: 8,
            tasks: 32,
            accounts: 8,
            seconds: 60,
            seed: 1,
            kill: false,
            markdown: false,
            judge: false,
            phases: Vec::new(),
            url: None,
            folder: None,
            is_broken: false,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--store" => request.store = value()?.clone(),
                "--mode" => request.mode = mode(value()?)?,
                "--workers" => request.workers = value()?.parse::<usize>()?.max(1),
                "--tasks" => request.tasks = value()?.parse()?,
                "--accounts" => request.accounts = value()?.parse::<usize>()?.max(1),
                "--seconds" => request.seconds = value()?.parse()?,
                "--seed" => request.seed = value()?.parse()?,
                "--kill" => request.kill = true,
                "--phase" => request.phases.push(phase(value()?)?),
                "--url" => request.url = Some(value()?.clone()),
                "--folder" => request.folder = Some(value()?.into()),
                "--broken" => request.is_broken = true,
                "--judge" => request.judge = true,
                "--markdown" => request.markdown = true,
                _ => return Err(format!("`{argument}` is no option; `--help` lists them").into()),
            }
        }
        Ok(request)
    }

    /// What to do, and what must last as long; `None` if a server is not installed, which has been said.
    pub(crate) fn plan(&self) -> Result<Option<(Plan, Lasting)>, Failure> {
        let mut lasting = Lasting::default();
        let folder = if let Some(folder) = &self.folder {
            std::fs::create_dir_all(folder)?;
            folder.clone()
        } else {
            let folder = tempfile::tempdir()?;
            let path = folder.path().to_owned();
            lasting._folder = Some(folder);
            path
        };
        let backend = match (self.store.as_str(), &self.url) {
            ("sqlite", _) => Backend::Sqlite(folder.join("store.sqlite")),
            ("postgres", Some(url)) => Backend::Postgres(url.clone()),
            (_, None) if self.judge => Backend::Sqlite(PathBuf::new()),
            ("postgres", None) => {
                let Some(postgres) = Postgres::start() else { return Ok(None) };
                let url = postgres.url("postgres");
                lasting._postgres = Some(postgres);
                Backend::Postgres(url)
            }
            ("redis", Some(url)) => Backend::Redis(url.clone()),
            ("redis", None) => {
                let Some(redis) = RedisServer::start() else { return Ok(None) };
                let url = redis.url();
                lasting._redis = Some(redis);
                Backend::Redis(url)
            }
            (other, _) => return Err(format!("`{other}` is no store").into()),
        };
        let plan = Plan {
            backend,
            mode: self.mode,
            seed: self.seed,
            workers: self.workers,
            tasks: self.tasks,
            accounts: self.accounts,
            phases: self.phases(),
            folder,
            is_broken: self.is_broken,
        };
        Ok(Some((plan, lasting)))
    }

    /// The phases, and how long each lasts.
    fn phases(&self) -> Vec<(Phase, Duration)> {
        let wanted = |phase: &Phase| {
            if self.phases.is_empty() {
                self.kill || !matches!(phase, Phase::Kills | Phase::Failpoints)
            } else {
                self.phases.contains(phase)
            }
        };
        let phases: Vec<Phase> = Phase::ALL.into_iter().filter(wanted).collect();
        let whole: u64 = phases.iter().map(|&phase| share(phase)).sum();
        let length =
            |phase| Duration::from_millis(self.seconds * 1000 * share(phase) / whole.max(1));
        phases.into_iter().map(|phase| (phase, length(phase))).collect()
    }
}

fn share(phase: Phase) -> u64 {
    match phase {
        Phase::Quiet | Phase::Kills | Phase::Failpoints => 25,
        Phase::Faults => 15,
        Phase::Logouts => 10,
        Phase::End => 0,
    }
}

fn mode(name: &str) -> Result<Mode, Failure> {
    let modes = [Mode::Strict, Mode::Grace, Mode::Keep];
    let found = modes.into_iter().find(|mode| mode.name() == name);
    found.ok_or_else(|| format!("`{name}` is no mode").into())
}

fn phase(name: &str) -> Result<Phase, Failure> {
    let found = Phase::ALL.into_iter().find(|phase| phase.name() == name);
    found.ok_or_else(|| format!("`{name}` is no phase").into())
}
