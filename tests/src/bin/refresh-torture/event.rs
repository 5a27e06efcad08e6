//! What happened, as the judge reads it.
//!
//! The processes run on one machine, and take the time from one clock. Each writes its own file, a line an event and a
//! `write` a line: what a process has said is there when it is killed. No event holds a token: they are named by their family
//! and number.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Nanoseconds since 1970.
pub(crate) type At = u64;

pub(crate) const MILLI: At = 1_000_000;
pub(crate) const SECOND: At = 1_000_000_000;

pub(crate) fn now() -> At {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    nanos(since)
}

pub(crate) fn nanos(duration: Duration) -> At {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// Who did something: a task of a process.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
pub(crate) struct Actor {
    pub(crate) process: u32,
    pub(crate) task: u64,
}

impl Actor {
    /// Whoever asks.
    pub(crate) fn here() -> Self {
        let task = tokio::task::try_id().and_then(|id| id.to_string().parse().ok());
        Self { process: std::process::id(), task: task.unwrap_or_default() }
    }
}

/// A refresh token: the number of its login, and how many were before it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct Refresh {
    pub(crate) family: u32,
    pub(crate) generation: u32,
}

/// An access token: the number of its login, and how many were before it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct Access {
    pub(crate) family: u32,
    pub(crate) serial: u32,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Event {
    pub(crate) at: At,
    pub(crate) by: Actor,
    pub(crate) what: What,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) enum What {
    // Said by the parent.
    /// A part of the run begins.
    Phase(String),
    /// A user has logged in.
    LoggedIn {
        account: usize,
        family: u32,
    },
    /// A user logs out; `ended` is when the library had answered.
    LoggedOut {
        account: usize,
        family: u32,
        ended: At,
    },
    /// A worker was told to log in anew, in a call that began then.
    Reconnect {
        account: usize,
        family: u32,
        began: At,
    },
    /// The process is no more; it was alive until `began` at least.
    Killed {
        began: At,
    },
    /// A process that had stopped itself goes on.
    Continued,
    /// What a row is at the end.
    Final {
        key: String,
        version: u64,
        is_held: bool,
        has_canary: bool,
    },

    // Said by the authorization server and the API.
    /// A refresh token came at `arrived`, and this is what was decided of it.
    Presented {
        number: u64,
        token: Refresh,
        arrived: At,
        verdict: Verdict,
    },
    /// The answer to it was written, or lost.
    Answered {
        number: u64,
        is_lost: bool,
    },
    /// A login was ended by its user.
    Revoked {
        family: u32,
    },
    /// The API was called.
    Used {
        token: Access,
        is_good: bool,
    },
    /// The token endpoint is out of order until then.
    Down {
        until: At,
    },

    // Said by workers.
    /// A row was seen in this version for the first time by this process.
    Saw {
        key: String,
        version: u64,
    },
    Acquired {
        key: String,
        version: u64,
        owner: String,
        began: At,
    },
    Released {
        key: String,
        owner: String,
    },
    /// A row is about to be replaced.
    Writing {
        key: String,
        expected: u64,
        owner: Option<String>,
        is_end: bool,
    },
    /// It was.
    Wrote {
        key: String,
        version: u64,
        owner: Option<String>,
        is_end: bool,
        began: At,
    },
    /// It was not; `is_error` says that the store did not answer.
    NotWritten {
        key: String,
        expected: u64,
        owner: Option<String>,
        is_error: bool,
    },
    /// A refresh token is about to be sent.
    Sending {
        token: Refresh,
    },
    /// An answer to it was read; with this code if it was an error.
    Answer {
        status: u16,
        is_invalid_grant: bool,
    },
    /// None was read, or none in time.
    NoAnswer,
    /// The process ends itself here.
    Failpoint(String),
    /// The process stops itself here.
    Stopped,
    /// A call of the API through the library; `sent` is when its request left, with which token.
    Called {
        account: usize,
        began: At,
        sent: Option<(At, Access)>,
        outcome: Outcome,
    },
    /// Nothing more will be called.
    Quiet {
        unfinished: usize,
    },
}

/// What the server makes of a refresh token.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub(crate) enum Verdict {
    /// It is consumed, and these come of it.
    Rotated(Access),
    /// It was consumed a moment ago, and gives the same successor.
    Again(Access),
    /// It goes on being good.
    Kept(Access),
    /// It was consumed before: the login is over.
    Reused,
    /// Its login is over.
    Refused,
    /// 503.
    Unavailable,
    /// 429 with so many seconds.
    Limited(u64),
    /// The connection was reset before anything was read.
    Reset,
    /// A page of a proxy.
    Html,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub(crate) enum Outcome {
    Done,
    Refused,
    Reconnect,
    Unavailable,
    Failed,
    Dropped,
}

/// Where a process writes down what happened.
#[derive(Clone)]
pub(crate) struct Log(Arc<Mutex<File>>);

impl Log {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::options().create(true).append(true).open(path)?;
        Ok(Self(Arc::new(Mutex::new(file))))
    }

    /// Writes down what the present task has done.
    pub(crate) fn say(&self, what: What) {
        self.say_of(Actor::here(), what);
    }

    pub(crate) fn say_of(&self, by: Actor, what: What) {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let event = Event { at: now(), by, what };
        let mut line = serde_json::to_vec(&event).expect("an event is JSON");
        line.push(b'\n');
        file.write_all(&line).expect("the folder of a run can be written to");
    }
}

/// The events of a file; a line that was not finished is none.
pub(crate) fn read(path: &Path) -> io::Result<Vec<Event>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}
