//! What must hold, asked of what was written down.
//!
//! Each question is a function from a [`History`] to a [`Finding`], and has a test that gives it a history in which the answer
//! is no. Where a question can be asked only of a part of the run, or in one mode of the server, it says so.

mod history;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::application::LEASE;
use crate::event::{At, MILLI, Outcome, Refresh, SECOND, Verdict, What, nanos};
pub(crate) use crate::judge::history::History;
use crate::judge::history::{Excuse, Presentation};
use crate::oracle::Mode;
use crate::watched::is_login;

/// The answer to a question.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) name: &'static str,
    pub(crate) question: &'static str,
    /// How often it could have been otherwise.
    pub(crate) asked: usize,
    pub(crate) violations: Vec<String>,
    pub(crate) note: String,
}

impl Finding {
    fn new(name: &'static str, question: &'static str) -> Self {
        Self { name, question, asked: 0, violations: Vec::new(), note: String::new() }
    }

    fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        self.asked += 1;
        if !holds {
            self.violations.push(otherwise());
        }
    }
}

/// All questions.
pub(crate) fn judge(history: &History, mode: Mode, leaks: &[String]) -> Vec<Finding> {
    vec![
        i1(history),
        i2(history, mode),
        i3(history, mode),
        i4(history, mode),
        i5(history),
        i6(history),
        i7(history),
        i8(history),
        i9(history),
        i10(history),
        i11(history),
        i12(history, leaks),
        i13(history),
    ]
}

/// No token is presented once its successor stands in the store.
fn i1(history: &History) -> Finding {
    let mut finding =
        Finding::new("I1", "no token is presented once its successor is in the store");
    for late in &history.presentations {
        let sent = late.sending.unwrap_or(late.arrived);
        let visible =
            history.consumer(late).and_then(|consumer| history.successor_visible(consumer));
        finding.expect(visible.is_none_or(|at| sent <= at), || {
            format!("{} is sent {} ms after the commit", text(late.token), millis(sent, visible))
        });
    }
    finding
}

/// While nobody is killed and the server has no fault, each token is presented once.
fn i2(history: &History, mode: Mode) -> Finding {
    let mut finding =
        Finding::new("I2", "without a fault, one presentation a generation, no login lost");
    let Some((from, to)) = history.phase("quiet") else { return finding };
    let quiet = || history.presentations.iter().filter(|it| (from..to).contains(&it.arrived));
    let mut before: HashMap<Refresh, &Presentation> = HashMap::new();
    for presentation in quiet() {
        let token = presentation.token;
        let first = before.insert(token, presentation);
        // Where tokens do not rotate, the generation is what the one before gave, and that lives for two seconds, counted
        // in whole ones.
        let is_early = |first: &Presentation| {
            mode != Mode::Keep || presentation.arrived < first.ended() + 900 * MILLI
        };
        let doubled = first.filter(|first| is_early(first));
        finding.expect(doubled.is_none() && !presentation.is_theft(), || {
            format!("{} is presented twice", text(token))
        });
    }
    finding
}

/// A login is lost only where a process died, or an answer was lost, between the server's step and ours.
fn i3(history: &History, mode: Mode) -> Finding {
    let mut finding =
        Finding::new("I3", "a login is lost only to a death or a lost answer in between");
    if mode == Mode::Grace {
        return finding;
    }
    let mut losses = [0; 3];
    for late in history.presentations.iter().filter(|it| it.is_theft()) {
        let excuse = history.consumer(late).and_then(|consumer| history.excuse(consumer, late));
        if let Some(excuse) = excuse {
            losses[excuse as usize] += 1;
        }
        let consumer = history.consumer(late);
        let is_danger = history.was_in_danger(late, At::MAX)
            || consumer.is_some_and(|consumer| history.was_in_danger(consumer, late.arrived));
        let is_bound = is_danger || excuse == Some(Excuse::NoStore);
        finding.expect(excuse.is_some() && is_bound, || {
            format!("{} is presented again", text(late.token))
        });
    }
    for (at, family) in history.reconnects() {
        finding.expect(history.is_over(family, at), || format!("login {family} was good"));
    }
    let [deaths, answers, stores] = losses;
    let dangerous =
        history.presentations.iter().filter(|it| history.was_in_danger(it, At::MAX)).count();
    finding.note = format!(
        "{dangerous} dangers; cost: {deaths} by death, {answers} by lost answers, {stores} by the store"
    );
    finding
}

/// With a server that has a grace, a death costs no login.
fn i4(history: &History, mode: Mode) -> Finding {
    let mut finding =
        Finding::new("I4", "with a grace longer than the lease, a death costs no login");
    if mode != Mode::Grace {
        return finding;
    }
    finding.asked =
        history.presentations.iter().filter(|it| history.was_in_danger(it, At::MAX)).count();
    let (mut doubled, mut lost) = (0, 0);
    for late in history.presentations.iter().filter(|it| it.is_theft()) {
        let consumer = history.consumer(late);
        let excuse = consumer.and_then(|consumer| history.excuse(consumer, late));
        if consumer.is_some_and(|consumer| history.deaths_over(consumer, late) > 1) {
            doubled += 1;
        } else if excuse == Some(Excuse::LostAnswer) {
            lost += 1;
        } else {
            finding.violations.push(format!("{} is presented after the grace", text(late.token)));
        }
    }
    for (at, family) in history.reconnects() {
        finding.expect(history.is_over(family, at), || format!("login {family} was good"));
    }
    finding.note = format!(
        "not counted: {doubled} logins that two deaths over one token have cost, {lost} that a lost answer has"
    );
    finding
}

/// A row's version goes up by one writer at a time, who has the lease if it says so.
fn i5(history: &History) -> Finding {
    let mut finding = Finding::new("I5", "versions rise, and only who has the lease commits");
    let mut writers: HashMap<(&str, u64), At> = HashMap::new();
    let mut began_at: HashMap<(&str, u64), At> = HashMap::new();
    for event in &history.events {
        let What::Wrote { key, version, owner, began, .. } = &event.what else { continue };
        if !is_login(key) {
            continue;
        }
        let first = writers.insert((key, *version), event.at);
        finding.expect(first.is_none(), || format!("version {version} of {key} is written twice"));
        began_at.insert((key, *version), *began);
        let after = began_at.get(&(key.as_str(), *version + 1));
        let after_end = writers.get(&(key.as_str(), *version + 1));
        finding.expect(after.is_none() || after_end.is_some_and(|end| end >= began), || {
            format!("version {version} of {key} is written after the next one")
        });
        if let Some(owner) = owner {
            let lost = history.lost_lease(key, version.saturating_sub(1), owner, *began);
            finding.expect(!lost, || format!("version {version} of {key} is a zombie's"));
        }
    }
    let continued = history.events.iter().filter(|it| it.what == What::Continued).count();
    finding.note = format!("{continued} holders came back from the dead");
    finding
}

/// A row is ended only where the server has ended the login.
fn i6(history: &History) -> Finding {
    let mut finding = Finding::new("I6", "an error on an old token ends nothing that is newer");
    for event in &history.events {
        let What::Wrote { key, is_end: true, owner: Some(_), .. } = &event.what else { continue };
        let family = history.families.get(key.as_str());
        let is_over = family.is_some_and(|&family| history.is_over(family, event.at));
        finding.expect(is_over, || format!("{key} is ended although its login is good"));
    }
    for (at, family) in history.reconnects() {
        finding.expect(history.is_over(family, at), || format!("login {family} was good"));
    }
    finding
}

/// Whoever has an access token has it after it was committed.
fn i7(history: &History) -> Finding {
    let mut finding = Finding::new("I7", "an access token is handed out after its commit");
    for event in &history.events {
        let What::Used { token, .. } = event.what else { continue };
        if token.serial == 0 {
            continue;
        }
        let mut is_committed = false;
        for commit in history.commits_of(token) {
            let is_own = commit.by.process == event.by.process;
            // Another process may read what this one has not been told yet that it has written.
            let from = if is_own { commit.wrote_at } else { Some(commit.writing_at) };
            is_committed |= from.is_some_and(|from| from <= event.at);
        }
        is_committed |= history.unknown_commit(token.family, event.at);
        finding.expect(is_committed, || {
            format!("access token {} of login {} is used before", token.serial, token.family)
        });
    }
    finding
}

/// After a death, others succeed within a lease, the longest answer, and a second.
fn i8(history: &History) -> Finding {
    let mut finding = Finding::new("I8", "after a death, the next success comes in time");
    let bound = nanos(LEASE) + DEADLINE + SECOND;
    let mut longest = 0;
    for (account, deaths) in history.deaths() {
        for (index, &death) in deaths.iter().enumerate() {
            let next = deaths.get(index + 1).copied().unwrap_or(At::MAX);
            let success = history.next_success(account, death);
            if next < success.unwrap_or(history.end()) {
                // Whoever took over died too.
                continue;
            }
            if let Some(success) = success {
                longest = longest.max(success - death);
            } else if history.end() < death + bound {
                continue;
            }
            finding.expect(success.is_some_and(|at| at <= death + bound), || {
                format!("account {account} has no success for {} s", bound / SECOND)
            });
        }
    }
    finding.note = format!("longest {} ms of {} ms", longest / MILLI, bound / MILLI);
    finding
}

/// Nobody who could have had a valid token waits for a renewal.
fn i9(history: &History) -> Finding {
    let mut finding = Finding::new("I9", "a call with a valid token waits for no renewal");
    let mut waits = Vec::new();
    for event in &history.events {
        let What::Called { began, sent: Some((sent, access)), .. } = event.what else { continue };
        if !history.is_in(&["quiet", "faults", "logouts"], began) {
            continue;
        }
        if !history.was_valid(access, began) {
            continue;
        }
        let wait = sent.saturating_sub(began);
        waits.push(wait);
        let is_renewal = || history.renewing(access.family, began, sent) * 2 >= wait;
        finding.expect(wait <= MOST_WAIT || !is_renewal(), || {
            format!("a call of login {} waited {} ms", access.family, wait / MILLI)
        });
    }
    waits.sort_unstable();
    let rank = waits.len() * 999 / 1000;
    let slowest = waits.get(rank).copied().unwrap_or_default();
    finding.note = format!("p99.9 {} ms", slowest / MILLI);
    finding
}

/// After a logout nobody begins to renew its tokens, and nothing brings it back.
fn i10(history: &History) -> Finding {
    let mut finding =
        Finding::new("I10", "after a logout nothing is renewed, and nothing is active");
    let logouts: HashMap<u32, At> = history
        .events
        .iter()
        .filter_map(|event| match event.what {
            What::LoggedOut { family, ended, .. } => Some((family, ended)),
            _ => None,
        })
        // While the store is down, the other processes do not hear of it.
        .filter(|(_, ended)| !history.failed_end(*ended))
        .collect();
    let mut in_flight = 0;
    for presentation in &history.presentations {
        let Some(&ended) = logouts.get(&presentation.token.family) else { continue };
        let began = presentation.acquired.as_ref().map_or(presentation.arrived, |it| it.began);
        in_flight += usize::from(began <= ended && presentation.ended() > ended);
        finding.expect(began <= ended, || format!("{} is presented", text(presentation.token)));
    }
    for &family in logouts.keys() {
        finding.expect(history.is_over(family, At::MAX), || format!("login {family} is good"));
        let last = history.last_write(family);
        finding.expect(last != Some(false), || format!("the row of login {family} is active"));
    }
    let workers = history.events.iter().filter(|event| match event.what {
        What::Revoked { .. } => history.is_worker(event.by),
        _ => false,
    });
    finding.note = format!(
        "{} logouts; {in_flight} met a renewal, {} times what came of it was given back",
        logouts.len(),
        workers.count()
    );
    finding
}

/// Nobody waits for ever, and no lease is left.
fn i11(history: &History) -> Finding {
    let mut finding = Finding::new("I11", "nobody waits for ever, no lease is left");
    let end = history.phase("end").map_or(At::MAX, |(from, _)| from);
    let mut longest = 0;
    for event in &history.events {
        match &event.what {
            What::Quiet { unfinished } => {
                finding.expect(*unfinished == 0, || format!("{unfinished} tasks never end"));
            }
            What::Killed { began } if *began >= end && !history.has_failed(event.by.process) => {
                finding.expect(false, || format!("process {} never ends", event.by.process));
            }
            What::Final { key, is_held, .. } => {
                finding.expect(!is_held, || format!("{key} is still held"));
            }
            What::Called { began, .. } if !history.was_stopped(event.by.process) => {
                longest = longest.max(event.at - began);
                let took = event.at - began;
                finding.expect(took <= MOST_CALL, || format!("a call took {} s", took / SECOND));
            }
            _ => {}
        }
    }
    finding.note = format!("longest call {} ms", longest / MILLI);
    finding
}

/// No token stands where it can be read.
fn i12(history: &History, leaks: &[String]) -> Finding {
    let mut finding = Finding::new("I12", "no token in a log, a trace, a row or a file");
    for event in &history.events {
        let What::Final { key, has_canary, .. } = &event.what else { continue };
        finding.expect(!has_canary, || format!("{key} holds a token in clear"));
    }
    finding.expect(leaks.is_empty(), || format!("tokens stand in {}", leaks.join(", ")));
    finding
}

/// A server that fails is asked again after a while that grows, however many wait.
fn i13(history: &History) -> Finding {
    let mut finding = Finding::new("I13", "a server that fails is asked once a backoff step");
    let mut failures: HashMap<u32, (u32, &Presentation)> = HashMap::new();
    for presentation in &history.presentations {
        let family = presentation.token.family;
        let before = failures.remove(&family);
        if let Some((step, before)) = before
            && history.is_in(&["quiet", "faults"], before.arrived)
            // Nobody else hears of a failure of who is killed at that instant.
            && !history.was_gone(before, presentation.arrived)
        {
            let wait = match before.verdict {
                Verdict::Limited(seconds) => seconds,
                _ => 1 << step.min(6),
            };
            // The library counts in whole seconds.
            let earliest = (before.arrived / SECOND + wait) * SECOND;
            finding.expect(presentation.arrived >= earliest, || {
                format!(
                    "login {family} is asked for {} ms early",
                    (earliest - presentation.arrived) / MILLI
                )
            });
        }
        if presentation.is_failure() {
            failures.insert(family, (before.map_or(0, |(step, _)| step + 1), presentation));
        }
    }
    let waiting = history.events.iter();
    let later = |what: &What| matches!(what, What::Called { outcome: Outcome::Unavailable, .. });
    let waiting = waiting.filter(|event| later(&event.what));
    finding.note = format!("{} calls were told to come later", waiting.count());
    finding
}

fn text(token: Refresh) -> String {
    format!("refresh token {} of login {}", token.generation, token.family)
}

fn millis(at: At, since: Option<At>) -> u64 {
    at.saturating_sub(since.unwrap_or(at)) / MILLI
}

/// How long the library waits for an answer.
const DEADLINE: At = 10 * SECOND;

/// Less than the slowest answers of the server. A machine that has much to do makes people wait too, but not for a renewal.
const MOST_WAIT: At = SECOND;

/// The library waits a minute for another process, and then for an answer.
const MOST_CALL: At = 75 * SECOND;
