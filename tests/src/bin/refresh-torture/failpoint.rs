//! Where a worker ends or stops itself, once, because it was told to.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};
use tokio::sync::watch;

use crate::event::{Log, What};

/// In the order in which a renewal comes by.
pub(crate) const ALL: [&str; 7] = [
    AFTER_ACQUIRE,
    BEFORE_SEND,
    AFTER_SEND,
    AFTER_RESPONSE,
    BEFORE_COMMIT,
    MID_COMMIT,
    AFTER_COMMIT,
];

pub(crate) const AFTER_ACQUIRE: &str = "after-acquire";
pub(crate) const BEFORE_SEND: &str = "before-send";
/// The server does this one, since it knows when the request is there and the answer is not.
pub(crate) const AFTER_SEND: &str = "after-send";
pub(crate) const AFTER_RESPONSE: &str = "after-response";
pub(crate) const BEFORE_COMMIT: &str = "before-commit";
/// Stopped for two leases with the new tokens in hand, and then continued: the holder that comes back from the dead.
pub(crate) const MID_COMMIT: &str = "mid-commit";
pub(crate) const AFTER_COMMIT: &str = "after-commit";

pub(crate) struct Failpoint {
    name: String,
    log: Log,
    is_spent: AtomicBool,
    finish: watch::Sender<bool>,
}

impl Failpoint {
    /// None, if the name is empty. Who has stopped itself and goes on finishes soon, and makes room for another.
    pub(crate) fn new(name: &str, log: Log, finish: watch::Sender<bool>) -> Self {
        Self { name: name.to_owned(), log, is_spent: AtomicBool::new(false), finish }
    }

    /// Whether the process is to end or to stop at this place.
    pub(crate) fn is_armed(&self, place: &str) -> bool {
        self.name == place && !self.is_spent.load(Ordering::SeqCst)
    }

    /// The process is at this place: it ends or stops here if it was told to.
    pub(crate) fn pass(&self, place: &str) {
        if self.name != place || self.is_spent.swap(true, Ordering::SeqCst) {
            return;
        }
        self.log.say(What::Failpoint(place.to_owned()));
        if place == MID_COMMIT {
            self.log.say(What::Stopped);
            // A process can always send itself a signal.
            let _ = kill_process(getpid(), Signal::STOP);
            // The other threads may go on for a moment, this one must not.
            std::thread::sleep(Duration::from_millis(20));
            self.finish.send_replace(true);
        } else {
            let _ = kill_process(getpid(), Signal::KILL);
        }
    }

    /// What the server is to do for the process, once.
    pub(crate) fn at_server(&self) -> Option<&'static str> {
        let is_due = self.name == AFTER_SEND && !self.is_spent.swap(true, Ordering::SeqCst);
        is_due.then(|| {
            self.log.say(What::Failpoint(AFTER_SEND.to_owned()));
            AFTER_SEND
        })
    }
}
