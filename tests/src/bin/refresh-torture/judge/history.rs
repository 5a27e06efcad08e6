//! A run, put together from what its processes have written down.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use crate::event::{Access, Actor, At, Event, Refresh, SECOND, Verdict, What};
use crate::server::life;
use crate::watched::is_login;

/// What happened, in order, and what belongs together.
#[derive(Default)]
pub(crate) struct History {
    pub(crate) events: Vec<Event>,
    /// In the order in which they arrived.
    pub(crate) presentations: Vec<Presentation>,
    pub(crate) commits: Vec<Commit>,
    /// The login of a row.
    pub(crate) families: HashMap<String, u32>,
    accounts: HashMap<u32, usize>,
    /// From when on a login is over at the server.
    over: HashMap<u32, At>,
    acquisitions: HashMap<String, Vec<Acquisition>>,
    killed: HashMap<u32, At>,
    stopped: HashMap<u32, At>,
    issued: HashMap<Access, At>,
    given: HashMap<Access, Vec<usize>>,
    phases: Vec<(String, At)>,
    /// Who speaks for the users.
    parent: Option<Actor>,
}

/// A refresh token that came to the server.
#[derive(Clone, Debug)]
pub(crate) struct Presentation {
    pub(crate) token: Refresh,
    pub(crate) arrived: At,
    pub(crate) decided: At,
    pub(crate) verdict: Verdict,
    pub(crate) by: Actor,
    /// When the answer was written, or lost.
    pub(crate) answered: Option<(At, bool)>,
    pub(crate) sending: Option<At>,
    pub(crate) acquired: Option<Acquisition>,
}

/// Why a token was presented although the server had consumed it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Excuse {
    Death,
    LostAnswer,
    /// The store did not take the successor.
    NoStore,
}

/// A version of a row that somebody has certainly made.
fn written(event: &Event) -> Option<(&str, u64)> {
    match &event.what {
        What::Wrote { key, version, .. } => Some((key, *version)),
        _ => None,
    }
}

impl Presentation {
    pub(crate) fn is_theft(&self) -> bool {
        self.verdict == Verdict::Reused
    }

    /// Whether the server said that it does not work now.
    pub(crate) fn is_failure(&self) -> bool {
        matches!(
            self.verdict,
            Verdict::Unavailable | Verdict::Limited(_) | Verdict::Reset | Verdict::Html
        )
    }

    /// What was given for it.
    pub(crate) fn given(&self) -> Option<Access> {
        match self.verdict {
            Verdict::Rotated(access) | Verdict::Again(access) | Verdict::Kept(access) => {
                Some(access)
            }
            _ => None,
        }
    }

    /// Whether nobody waited for the answer any more when the token was looked at.
    fn had_given_up(&self) -> bool {
        self.answered.is_some_and(|(at, is_lost)| is_lost && at < self.decided)
    }

    pub(crate) fn ended(&self) -> At {
        self.answered.map_or(self.decided, |(at, _)| at)
    }
}

/// A lease that somebody got.
#[derive(Clone, Debug)]
pub(crate) struct Acquisition {
    pub(crate) key: String,
    pub(crate) version: u64,
    pub(crate) owner: String,
    pub(crate) began: At,
    pub(crate) at: At,
    pub(crate) by: Actor,
}

/// Tokens that were written into a row by whoever had got them.
#[derive(Clone, Debug)]
pub(crate) struct Commit {
    pub(crate) key: String,
    /// The version that it made.
    pub(crate) version: u64,
    /// What was presented for them, and the access token; unknown where they were had at a turn before.
    pub(crate) token: Option<Refresh>,
    pub(crate) access: Option<Access>,
    pub(crate) by: Actor,
    pub(crate) writing_at: At,
    /// Unknown, if the process died before it was told.
    pub(crate) wrote_at: Option<At>,
    pub(crate) visible_at: Option<At>,
    pub(crate) received_at: At,
}

/// What a task is about.
#[derive(Default)]
struct Turn {
    acquired: Option<Acquisition>,
    sending: Option<At>,
    presented: Option<usize>,
    /// When it had waited for an answer in vain.
    gave_up: Option<At>,
    received_at: Option<At>,
    /// The row of a login that was ended by its user.
    ended: Option<String>,
}

impl History {
    pub(crate) fn new(mut events: Vec<Event>) -> Self {
        events.sort_by_key(|event| event.at);
        let mut history = Self::default();
        let mut turns: HashMap<Actor, Turn> = HashMap::new();
        let mut numbers: HashMap<u64, usize> = HashMap::new();
        for event in &events {
            history.note(event, turns.entry(event.by).or_default(), &mut numbers);
        }
        history.presentations.sort_by_key(|presentation| presentation.arrived);
        // Who died while writing did not write what another has written later.
        let wrote: HashSet<(&str, u64)> = events.iter().filter_map(written).collect();
        let is_own = |it: &Commit| !wrote.contains(&(it.key.as_str(), it.version));
        history.commits.retain(|it| it.wrote_at.is_some() || is_own(it));
        for (index, commit) in history.commits.iter().enumerate() {
            if let Some(access) = commit.access {
                history.given.entry(access).or_default().push(index);
            }
        }
        history.events = events;
        history
    }

    fn note(&mut self, event: &Event, turn: &mut Turn, numbers: &mut HashMap<u64, usize>) {
        let (at, by) = (event.at, event.by);
        match &event.what {
            What::LoggedIn { account, family } => {
                self.accounts.insert(*family, *account);
                self.issued.insert(Access { family: *family, serial: 0 }, at);
            }
            What::LoggedOut { family, .. } => {
                if let Some(key) = turn.ended.take() {
                    self.families.entry(key).or_insert(*family);
                }
            }
            What::Revoked { family } => {
                self.over.entry(*family).or_insert(at);
            }
            What::Acquired { key, version, owner, began } => {
                let (key, version, owner, began) = (key.clone(), *version, owner.clone(), *began);
                let is_again = turn.acquired.as_ref().is_some_and(|it| it.owner == owner);
                let acquired = Acquisition { key: key.clone(), version, owner, began, at, by };
                self.acquisitions.entry(key).or_default().push(acquired.clone());
                if is_again {
                    turn.acquired = Some(acquired);
                } else {
                    *turn = Turn { acquired: Some(acquired), ..Turn::default() };
                }
            }
            What::Sending { .. } => turn.sending = Some(at),
            What::Presented { number, token, arrived, verdict } => {
                let (token, arrived, verdict) = (*token, *arrived, *verdict);
                let (sending, acquired) = (turn.sending, turn.acquired.clone());
                let answered = turn.gave_up.map(|at| (at, true));
                if let Some(acquired) = &acquired {
                    self.families.insert(acquired.key.clone(), token.family);
                }
                if verdict == Verdict::Reused {
                    self.over.entry(token.family).or_insert(at);
                }
                turn.presented = Some(self.presentations.len());
                numbers.insert(*number, self.presentations.len());
                let decided = at;
                let presentation = Presentation {
                    token,
                    arrived,
                    decided,
                    verdict,
                    by,
                    answered,
                    sending,
                    acquired,
                };
                if let Some(access) = presentation.given() {
                    self.issued.insert(access, at);
                }
                self.presentations.push(presentation);
            }
            What::Answered { number, is_lost } => {
                if let Some(&index) = numbers.get(number) {
                    self.presentations[index].answered.get_or_insert((at, *is_lost));
                }
            }
            What::NoAnswer => {
                turn.gave_up = Some(at);
                if let Some(index) = turn.presented {
                    self.presentations[index].answered = Some((at, true));
                }
            }
            What::Answer { status: 200, .. } => turn.received_at = Some(at),
            What::Writing { key, expected, owner: Some(_), is_end: false } => {
                self.begin_commit(key, *expected + 1, turn, at, by);
            }
            What::Wrote { key, version, owner: Some(_), is_end: false, .. } => {
                let mut commits = self.commits.iter_mut().rev();
                let commit =
                    commits.find(|it| it.by == by && it.key == *key && it.version == *version);
                if let Some(commit) = commit {
                    commit.wrote_at.get_or_insert(at);
                    commit.visible_at.get_or_insert(at);
                }
            }
            What::Wrote { key, owner: None, is_end: true, .. } if is_login(key) => {
                turn.ended = Some(key.clone());
            }
            What::NotWritten { key, expected, .. } => {
                self.commits.retain(|it| {
                    it.by != by
                        || it.key != *key
                        || it.version != *expected + 1
                        || it.wrote_at.is_some()
                });
            }
            What::Saw { key, version } => {
                // Nobody else can have made this version while its writer does not say that it failed.
                let mut commits = self.commits.iter_mut();
                if let Some(commit) = commits.find(|it| it.key == *key && it.version == *version) {
                    commit.visible_at.get_or_insert(at);
                }
            }
            What::Phase(name) => {
                self.parent = Some(by);
                self.phases.push((name.clone(), at));
            }
            What::Killed { began } => {
                self.killed.insert(by.process, *began);
            }
            What::Stopped => {
                self.stopped.insert(by.process, at);
            }
            _ => {}
        }
    }

    fn begin_commit(&mut self, key: &str, version: u64, turn: &Turn, at: At, by: Actor) {
        let presented = turn.presented.map(|index| &self.presentations[index]);
        let given = presented.and_then(|it| it.given().map(|access| (it.token, access)));
        let (token, access) = match (turn.sending, turn.received_at, given) {
            // What was had at a turn before is committed at this one.
            (None, _, _) => (None, None),
            (Some(_), Some(_), Some((token, access))) => (Some(token), Some(access)),
            // It did not work, which is written down too.
            _ => return,
        };
        let received_at = turn.received_at.unwrap_or(at);
        let (wrote_at, visible_at) = (None, None);
        let key = key.to_owned();
        let writing_at = at;
        self.commits.push(Commit {
            key,
            version,
            token,
            access,
            by,
            writing_at,
            wrote_at,
            visible_at,
            received_at,
        });
    }

    /// The commits of an access token.
    pub(crate) fn commits_of(&self, access: Access) -> impl Iterator<Item = &Commit> {
        let given = self.given.get(&access).map_or(&[][..], Vec::as_slice);
        given.iter().map(|&index| &self.commits[index])
    }

    /// From when to when a phase was.
    pub(crate) fn phase(&self, name: &str) -> Option<(At, At)> {
        let mut phases = self.phases.iter();
        let from = phases.find(|(phase, _)| phase == name)?.1;
        Some((from, phases.next().map_or(At::MAX, |(_, at)| *at)))
    }

    pub(crate) fn is_in(&self, phases: &[&str], at: At) -> bool {
        phases
            .iter()
            .any(|name| self.phase(name).is_some_and(|(from, to)| (from..to).contains(&at)))
    }

    /// When the workers were told to finish.
    pub(crate) fn end(&self) -> At {
        let last = self.events.last().map_or(0, |event| event.at);
        self.phase("end").map_or(last, |(from, _)| from)
    }

    /// Who consumed the token that is presented once more.
    pub(crate) fn consumer(&self, late: &Presentation) -> Option<&Presentation> {
        self.presentations.iter().find(|it| {
            it.token == late.token
                && matches!(it.verdict, Verdict::Rotated(_))
                && it.decided < late.decided
        })
    }

    /// Since when the successor of a token that was consumed stands in the store.
    pub(crate) fn successor_visible(&self, consumer: &Presentation) -> Option<At> {
        let commits = self.commits.iter().filter(|it| it.token == Some(consumer.token));
        commits.filter_map(|it| it.visible_at).min()
    }

    /// Why the successor of a token never came to the store before somebody presented the token again.
    pub(crate) fn excuse(&self, consumer: &Presentation, late: &Presentation) -> Option<Excuse> {
        let sent = late.sending.unwrap_or(late.arrived);
        if sent <= consumer.decided {
            // The request was on its way longer than a lease, and who had sent it died, stood still, or gave up.
            if self.was_gone(late, late.decided) {
                return Some(Excuse::Death);
            }
            if late.had_given_up() {
                return Some(Excuse::LostAnswer);
            }
        }
        if self.successor_visible(consumer).is_some_and(|at| at < sent) {
            return None;
        }
        if consumer.answered.is_some_and(|(at, is_lost)| is_lost && at <= late.arrived) {
            return Some(if self.was_gone(consumer, late.arrived) {
                Excuse::Death
            } else {
                Excuse::LostAnswer
            });
        }
        if self.was_gone(consumer, late.arrived) {
            return Some(Excuse::Death);
        }
        let failed = self.events.iter().any(|event| {
            matches!(event.what, What::NotWritten { is_error: true, owner: Some(_), .. })
                && event.by == consumer.by
                && (consumer.decided..sent).contains(&event.at)
        });
        failed.then_some(Excuse::NoStore)
    }

    /// Whether the store did not take the end of the login that was over for its user then.
    pub(crate) fn failed_end(&self, ended: At) -> bool {
        let before = self.events.iter().rev().skip_while(|event| event.at > ended);
        let mut of_parent =
            before.filter(|event| event.by.task == 0 && Some(event.by) == self.parent);
        let last = of_parent.find(|event| {
            matches!(
                event.what,
                What::Wrote { .. } | What::NotWritten { .. } | What::LoggedOut { .. }
            )
        });
        last.is_some_and(|event| matches!(event.what, What::NotWritten { is_error: true, .. }))
    }

    /// Whether who presented a token was killed or stopped before an instant.
    pub(crate) fn was_gone(&self, presentation: &Presentation, before: At) -> bool {
        let process = presentation.by.process;
        let gone = [self.killed.get(&process), self.stopped.get(&process)];
        gone.into_iter().flatten().any(|at| *at < before)
    }

    /// How many had the lease of a token's row, and died or stood still, from when it was consumed until somebody presented
    /// it again.
    pub(crate) fn deaths_over(&self, consumer: &Presentation, late: &Presentation) -> usize {
        let Some(turn) = &consumer.acquired else { return 0 };
        let all = self.acquisitions.get(&turn.key).map_or(&[][..], Vec::as_slice);
        let died = |it: &&Acquisition| {
            let gone = [self.killed.get(&it.by.process), self.stopped.get(&it.by.process)];
            let is_gone = gone.into_iter().flatten().any(|at| (it.at..late.decided).contains(at));
            it.version == turn.version && is_gone
        };
        all.iter().filter(died).count()
    }

    /// Whether a process has come to the place where it was told to die.
    pub(crate) fn has_failed(&self, process: u32) -> bool {
        let failpoint = |event: &Event| matches!(event.what, What::Failpoint(_));
        self.events.iter().any(|event| event.by.process == process && failpoint(event))
    }

    /// Whether what was given for a token never came into the store by whoever got it, or not before an instant.
    pub(crate) fn was_in_danger(&self, presentation: &Presentation, before: At) -> bool {
        let Some(access) = presentation.given() else {
            // Or it was acted on when its sender was long dead, or had given up, and somebody had taken over.
            let was_gone = self.was_gone(presentation, presentation.decided);
            return presentation.is_theft() && (was_gone || presentation.had_given_up());
        };
        let is_lost = presentation.answered.is_some_and(|(_, is_lost)| is_lost);
        let is_gone = self.was_gone(presentation, At::MAX);
        let is_committed =
            self.commits_of(access).any(|it| it.visible_at.is_some_and(|at| at < before));
        !is_committed && (is_lost || is_gone)
    }

    /// When workers were told to log in anew, and which login they had.
    pub(crate) fn reconnects(&self) -> impl Iterator<Item = (At, u32)> {
        self.events.iter().filter_map(|event| match event.what {
            What::Reconnect { family, .. } => Some((event.at, family)),
            _ => None,
        })
    }

    /// Whether a login was over at the server.
    pub(crate) fn is_over(&self, family: u32, at: At) -> bool {
        self.over.get(&family).is_some_and(|over| *over <= at)
    }

    /// Whether somebody else had certainly got the lease of a version before its owner wrote.
    pub(crate) fn lost_lease(&self, key: &str, version: u64, owner: &str, writing: At) -> bool {
        let all = self.acquisitions.get(key).map_or(&[][..], Vec::as_slice);
        let of_version = || all.iter().filter(|it| it.version == version && it.at <= writing);
        let Some(own) = of_version().filter(|it| it.owner == owner).map(|it| it.at).max() else {
            return true;
        };
        of_version().any(|it| it.owner != owner && it.began > own)
    }

    /// Whether tokens of a turn before were committed for a login.
    pub(crate) fn unknown_commit(&self, family: u32, at: At) -> bool {
        let mut commits =
            self.commits.iter().filter(|it| it.access.is_none() && it.writing_at <= at);
        commits.any(|it| self.families.get(&it.key) == Some(&family))
    }

    /// Each account, and when processes died that held its row.
    pub(crate) fn deaths(&self) -> BTreeMap<usize, Vec<At>> {
        let mut deaths: BTreeMap<usize, Vec<At>> = BTreeMap::new();
        let mut ended = HashSet::new();
        for event in &self.events {
            match &event.what {
                What::Wrote { key, owner: Some(owner), .. } | What::Released { key, owner } => {
                    ended.insert((key.as_str(), owner.as_str()));
                }
                _ => {}
            }
        }
        for held in self.acquisitions.values().flatten() {
            let Some(&death) = self.killed.get(&held.by.process) else { continue };
            let family = self.families.get(&held.key);
            let account = family.and_then(|family| self.accounts.get(family));
            let is_over = ended.contains(&(held.key.as_str(), held.owner.as_str()));
            if let (Some(&account), false) = (account, is_over) {
                deaths.entry(account).or_default().push(death);
            }
        }
        deaths.values_mut().for_each(|deaths| deaths.sort_unstable());
        deaths
    }

    /// When an account first used a token that it was given after an instant.
    pub(crate) fn next_success(&self, account: usize, after: At) -> Option<At> {
        let mut later = self.events.iter().filter(|event| event.at > after);
        later.find_map(|event| match event.what {
            What::Used { token, is_good: true } => {
                // A token that lives for long may go on being good.
                let is_new = self.issued.get(&token).is_some_and(|at| *at > after)
                    || life(account) > Duration::from_secs(2);
                let is_of_account = self.accounts.get(&token.family) == Some(&account);
                (is_new && is_of_account).then_some(event.at)
            }
            _ => None,
        })
    }

    /// Whether an access token was in the store and valid by the library's count.
    pub(crate) fn was_valid(&self, access: Access, at: At) -> bool {
        let Some(&account) = self.accounts.get(&access.family) else { return false };
        let life = life(account).as_secs();
        self.commits_of(access).any(|it| {
            let expires_at = (it.received_at / SECOND + life) * SECOND;
            it.wrote_at.is_some_and(|wrote| wrote <= at) && at < expires_at
        })
    }

    /// For how long, in this time, the server had a refresh token of a login.
    pub(crate) fn renewing(&self, family: u32, from: At, to: At) -> At {
        let all = self.presentations.iter().filter(|it| it.token.family == family);
        all.map(|it| it.ended().min(to).saturating_sub(it.arrived.max(from))).sum()
    }

    /// Whether the last write to the row of a login has ended it.
    pub(crate) fn last_write(&self, family: u32) -> Option<bool> {
        let writes = self.events.iter().filter_map(|event| match &event.what {
            What::Wrote { key, version, is_end, .. } if self.families.get(key) == Some(&family) => {
                Some((*version, *is_end))
            }
            _ => None,
        });
        writes.max().map(|(_, is_end)| is_end)
    }

    pub(crate) fn is_worker(&self, by: Actor) -> bool {
        self.parent.is_some_and(|parent| parent.process != by.process)
    }

    pub(crate) fn was_stopped(&self, process: u32) -> bool {
        self.stopped.contains_key(&process)
    }
}
