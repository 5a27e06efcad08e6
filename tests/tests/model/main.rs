//! A model of how several processes renew the tokens of one login, and a search of all its states for one that is wrong.
//!
//! It is `guard.rs`, `hold.rs` and `Refresher::attempt` of `oauth-runtime/src/refresh/`, a step of the store or of the
//! network at a time, and is to be carried along when these change. Each step is a function of [`process`] beside whose name that of the code
//! stands; [`At`](world::At) names the next one:
//!
//! | step | the code | what may go wrong there |
//! | --- | --- | --- |
//! | `Load` | `Guard::turn`: `store.load`; `look`: what the row says | the caller is told to come again |
//! | `Insert` | `Guard::turn`: `store.insert` | done, and said to have failed |
//! | `Forward` | `Look::Behind`: `Logins::replace` without an owner | the same |
//! | `Acquire` | `acquire`: `store.acquire`; `Hold::unsettled` | the same |
//! | `IsSure` | `Hold::is_sure`: the clock, or `store.renew` | |
//! | `Release` | `Hold::release` | it fails |
//! | `Present` | `token_endpoint::send` begins | the process stands still for as long as one likes |
//! | `During`, a request | the server serves it | 503; a timeout, and it arrives later; a crash, and it arrives or not |
//! | `During`, an answer | `Refresher::attempt` reads it; `Logins::remember` | it is lost |
//! | `Reject` | `Hold::reject`: `store.replace` | it fails, done or not |
//! | `Postpone` | `Hold::postpone`: `store.replace` | it fails |
//! | `Commit` | `HeldLease::commit`: `store.replace` | it fails, done or not; it is tried again or given up |
//! | `ReclaimLoad` | `HeldLease::reclaim`: `store.load` | it fails; tried again or given up |
//! | `ReclaimAcquire` | `HeldLease::reclaim`: `store.acquire` | it fails, done or not; tried again or given up |
//! | `HandOut` | `Flight::succeed` | |
//! | `Logout` | `Guard::end`: `store.load`, then `insert` or `replace` | it fails, done or not |
//!
//! A process may crash at each of them, and is there again with nothing in memory. A lease whose holder is alive may be over
//! at each of them, and the holder goes on as if it were not. A lease whose holder is gone is over at some time. A caller
//! may come to any process with any tokens that somebody was ever given.
//!
//! # What is promised
//!
//! - *Presented once* (I1). Nobody presents a refresh token who has itself read that it has a successor. Nobody presents one
//!   whose successor is in the store by then, but a process whose lease was over between its last look at it and the sending:
//!   no lock can stop a process that stood still just there, and `a_process_that_stood_still_may_present_late` shows one.
//! - *Version rises*, *commit needs lease*, *one successor* (I5). Each write raises the version, and none takes a generation
//!   back; whoever commits has the lease at that moment; of each generation one pair is ever committed.
//! - *End is of its version* (I6). `invalid_grant` for one generation ends no later one.
//! - *Handed is committed* (I7). What a caller is given, the store has taken before.
//! - *Logout is final* (I10). Once a logout has said that it is done, nothing is active in the store any more.
//! - *Nothing stays alive* (I10). What the server gave and the store did not take is given back when the login ends.
//! - *Unsettled is kept*. What the server gave and the store did not take, a process forgets only for something as new.
//! - *A login costs a loss* (I2, I3, I4). A refresh token reaches a server that consumes it once, and once more at most for
//!   each loss. A strict server revokes, and a login ends unasked, only after one; a graceful one and one that keeps never.
//!   A loss is: a crash between the sending and the commit; an answer that is lost, or not waited for; a lease that was over
//!   between the last look at it and the commit; a commit that was given up. Nothing else is one: not a crash elsewhere, not
//!   a store that fails elsewhere or comes back in time, not a server that is down.
//! - *Everybody lands* (I11). In whatever state, if nothing goes wrong from there on, whoever is at work comes to an end
//!   without the patience of `Guard::turn`, and who comes then has tokens, or is told that the login has ended.
//!
//! Each of them can fail: with a [`Flaw`] in it the model finds how.
//!
//! # What is left out
//!
//! `flights.rs`: a process renews for one caller at a time, and remembers only what is unsettled. Time but for its order:
//! how long a lease, a back-off, patience last; so the renewals of `Hold::during` are not seen, and cooling is over whenever
//! one likes. A store that forgets a row, wherefore nobody comes to `Forward`; a tombstone that is over; a row that cannot be
//! opened; a step of the store that is done long after it was said to have failed. The account's row, sealing, and whether
//! an access token is expired. The last of `MOST_ATTEMPTS` and of `MOST_TRIES`.

#![expect(clippy::print_stdout, reason = "how many states were seen is what a run has to say")]

mod calm;
mod process;
mod world;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use stateright::{Checker as _, HasDiscoveries, Model, Property};

use crate::calm::Known;
use crate::process::Steps;
use crate::world::{
    At, Faults, LAST, Lease, LoginRow, Logout, PROCESSES, Rotation, Rule, Wire, World,
};

/// A fault that the code could have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Flaw {
    /// It is as it is.
    None,
    /// A commit asks for the version alone.
    CommitsWithoutOwner,
    /// A commit asks for neither.
    CommitsWhateverThereIs,
    /// Who finds something later committed than its caller holds forgets what the store did not take, although that is
    /// later still.
    DropsWhatIsUnsettled,
    /// `invalid_grant` ends the login whatever its row says by now.
    EndsWhateverThereIs,
    /// What the store did not take is forgotten, alive, when the login ends.
    GivesNothingBack,
    /// Tokens are handed out before they are committed.
    HandsOutFirst,
    /// The lease of who has died is never over.
    LeasesLastForEver,
    /// A logout leaves no tombstone.
    LogoutRemovesTheRow,
    /// A row that is postponed keeps its version.
    PostponesInPlace,
    /// A refresh token is presented without a lease.
    PresentsWithoutLease,
    /// What the store did not take is forgotten.
    RemembersNothing,
    /// What another process has committed is not looked at.
    TakesNoLaterTokens,
}

/// What happens next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Action {
    /// A caller comes to a process with tokens that some browser has.
    Begin { by: usize, generation: u8 },
    /// The next step of a process.
    Step { by: usize, at: At },
    /// `Turn::Later`, or a store that cannot be read: the caller is told to come again.
    Later { by: usize },
    /// The server is down: it answers 503, or the request does not reach it.
    Refuse { by: usize },
    /// The answer is lost.
    LoseAnswer { by: usize },
    /// The process waits no longer for an answer to a request that is still on its way.
    TimeOut { by: usize },
    /// Nobody waits for it any more, but the server gets it.
    StrayArrives { generation: u8 },
    /// A step of the store fails, and the process tries again or not.
    StoreFails { by: usize, done: bool, gives_up: bool },
    /// The time of a lease is over.
    LeaseIsOver,
    /// A process dies and is there again. What it has sent may arrive or not.
    Crash { by: usize, arrives: bool },
    /// A user logs out.
    Leave { by: usize },
    /// A step of that.
    End,
    /// A step of that fails.
    EndFails { done: bool },
    /// The tokens of who has logged out are given back.
    Revoke,
}

struct Renewals {
    rotation: Rotation,
    faults: Faults,
    flaw: Flaw,
    processes: usize,
    /// More than can be promised is asked: that nobody presents what has a successor in the store.
    is_never_late: bool,
    /// More than can be promised is asked, unless a process is alone: that nothing is ever revoked.
    is_never_revoked: bool,
    /// Worlds in which everybody lands.
    landed: Mutex<Known>,
}

impl Renewals {
    fn new(rotation: Rotation, faults: Faults) -> Self {
        Self {
            rotation,
            faults,
            flaw: Flaw::None,
            processes: PROCESSES,
            is_never_late: false,
            is_never_revoked: false,
            landed: Mutex::default(),
        }
    }
}

impl Model for Renewals {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(self.rotation, self.faults)]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        let may = |left: u8| left > 0 && world.faults.any > 0;
        let (crashes, network) = (may(world.faults.crashes), may(world.faults.network));
        let (store, lapses) = (may(world.faults.store), may(world.faults.lapses));
        for by in 0..self.processes {
            let process = &world.processes[by];
            if process.at == At::Idle {
                for generation in 0..LAST {
                    if world.handed[usize::from(generation)].is_some() {
                        actions.push(Action::Begin { by, generation });
                    }
                }
            } else {
                actions.push(Action::Step { by, at: process.at });
            }
            if matches!(process.at, At::Load { .. }) {
                actions.push(Action::Later { by });
            }
            if network && matches!(process.at, At::During(_, Wire::Request)) {
                actions.push(Action::Refuse { by });
                actions.push(Action::TimeOut { by });
            }
            if network && matches!(process.at, At::During(_, Wire::Tokens(_))) {
                actions.push(Action::LoseAnswer { by });
            }
            if store {
                for (done, gives_up) in [(false, false), (false, true), (true, false), (true, true)]
                {
                    actions.push(Action::StoreFails { by, done, gives_up });
                }
            }
            if crashes && (process.at != At::Idle || process.unsettled.is_some()) {
                actions.push(Action::Crash { by, arrives: false });
                if matches!(process.at, At::During(_, Wire::Request)) {
                    actions.push(Action::Crash { by, arrives: true });
                }
            }
            if world.logout == Logout::NotYet && world.faults.logouts > 0 {
                actions.push(Action::Leave { by });
            }
        }
        for generation in 0..LAST {
            if world.stray[usize::from(generation)] > 0 {
                actions.push(Action::StrayArrives { generation });
            }
        }
        match world.row.map(|row| row.lease) {
            Some(Lease::Held(None)) if self.flaw != Flaw::LeasesLastForEver => {
                actions.push(Action::LeaseIsOver);
            }
            Some(Lease::Held(Some(_))) if lapses => actions.push(Action::LeaseIsOver),
            _ => {}
        }
        if world.logout.by().is_some() {
            actions.push(Action::End);
            if store {
                actions.push(Action::EndFails { done: false });
                actions.push(Action::EndFails { done: true });
            }
        }
        if world.logout == Logout::Done && !world.server.is_revoked {
            actions.push(Action::Revoke);
        }
    }

    fn next_state(&self, before: &World, action: Action) -> Option<World> {
        let mut next = *before;
        let flaw = self.flaw;
        match action {
            Action::Begin { by, generation } => {
                let held = next.handed[usize::from(generation)]?;
                next.processes[by].at = At::Load { held };
            }
            Action::Step { by, .. } => {
                Steps { world: &mut next, flaw }.step(by).then_some(())?;
            }
            Action::Later { by } => next.processes[by].at = At::Idle,
            Action::Refuse { by } => {
                next.faults.network -= 1;
                next.answer(by, Wire::Failure);
            }
            Action::LoseAnswer { by } => {
                next.faults.network -= 1;
                next.cost();
                next.answer(by, Wire::Failure);
            }
            Action::TimeOut { by } => {
                next.faults.network -= 1;
                next.cost();
                next.strays(by);
                next.answer(by, Wire::Failure);
            }
            Action::StrayArrives { generation } => {
                let at = usize::from(generation);
                next.stray[at] -= 1;
                let held = next.handed[at]?;
                let _ = next.serve(held);
            }
            Action::StoreFails { by, done, gives_up } => {
                next.faults.store -= 1;
                Steps { world: &mut next, flaw }.fail(by, done, gives_up).then_some(())?;
            }
            Action::LeaseIsOver => {
                let row = next.row.as_mut()?;
                if let Lease::Held(Some(by)) = std::mem::replace(&mut row.lease, Lease::Over) {
                    next.faults.lapses -= 1;
                    if next.is_at_stake(by) {
                        next.cost();
                    }
                    if let Some(hold) = next.processes[by].at.hold() {
                        hold.lapsed = true;
                    }
                }
            }
            Action::Crash { by, arrives } => {
                next.faults.crashes -= 1;
                if next.is_at_stake(by) && !matches!(next.processes[by].at, At::Present(_)) {
                    next.cost();
                }
                if arrives {
                    next.strays(by);
                }
                Steps { world: &mut next, flaw }.crash(by);
            }
            Action::Leave { by } => {
                next.faults.logouts -= 1;
                Steps { world: &mut next, flaw }.leave(by);
                // It is no fault.
                return Some(next);
            }
            Action::End => Steps { world: &mut next, flaw }.end(),
            Action::EndFails { done } => {
                next.faults.store -= 1;
                if done {
                    Steps { world: &mut next, flaw }.end();
                }
                next.logout = Logout::Failed;
            }
            Action::Revoke => next.server.is_revoked = true,
        }
        let (left, had) = (&next.faults, &before.faults);
        let goes_wrong = left.crashes < had.crashes
            || left.network < had.network
            || left.store < had.store
            || left.lapses < had.lapses;
        next.faults.any -= u8::from(goes_wrong);
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("presented once", |_, it: &World| it.keeps(Rule::PresentedOnce)),
            Property::always("version rises", |_, it: &World| it.keeps(Rule::VersionRises)),
            Property::always("commit needs lease", |_, it: &World| {
                it.keeps(Rule::CommitNeedsLease)
            }),
            Property::always("one successor", |_, it: &World| it.keeps(Rule::OneSuccessor)),
            Property::always("end is of its version", |_, it: &World| {
                it.keeps(Rule::EndIsOfItsVersion)
            }),
            Property::always("handed is committed", |_, it: &World| {
                it.keeps(Rule::HandedIsCommitted)
            }),
            Property::always("logout is final", |_, it: &World| {
                let stands = it.row.is_some_and(|row| row.value == LoginRow::Ended);
                it.keeps(Rule::LogoutIsFinal) && (it.logout != Logout::Done || stands)
            }),
            Property::always("nothing stays alive", |_, it: &World| {
                it.keeps(Rule::NothingStaysAlive)
            }),
            Property::always("unsettled is kept", |_, it: &World| it.keeps(Rule::UnsettledIsKept)),
            Property::always("a login costs a loss", |_, it: &World| it.is_worth_its_costs()),
            Property::always("everybody lands", |model: &Self, it: &World| {
                let mut known = model.landed.lock().unwrap_or_else(PoisonError::into_inner);
                calm::everybody_lands(it, model.flaw, &mut known)
            }),
            Property::sometimes(RENEWED_TWICE, |_, it: &World| {
                it.handed[usize::from(LAST)].is_some()
            }),
            Property::always("nobody is late", |model: &Self, it: &World| {
                !model.is_never_late || it.keeps(Rule::NobodyIsLate)
            }),
            Property::always("never revoked", |model: &Self, it: &World| {
                !model.is_never_revoked || !it.server.is_suspicious
            }),
        ]
    }
}

impl World {
    /// Whether the server may have, or may get, a refresh token whose successor is in this process alone or nowhere.
    fn is_at_stake(&self, by: usize) -> bool {
        match self.processes[by].at {
            At::Present(_) | At::During(_, Wire::Request | Wire::Tokens(_)) => true,
            At::Commit(_, tokens) | At::ReclaimLoad(_, tokens) | At::ReclaimAcquire(_, tokens) => {
                self.seen.committed[usize::from(tokens.generation)] != Some(tokens)
            }
            _ => false,
        }
    }

    fn answer(&mut self, by: usize, wire: Wire) {
        if let At::During(_, it) = &mut self.processes[by].at {
            *it = wire;
        }
    }

    fn strays(&mut self, by: usize) {
        if let Some(hold) = self.processes[by].at.hold() {
            self.stray[usize::from(hold.held.generation)] += 1;
        }
    }

    /// I2, I3 and I4.
    fn is_worth_its_costs(&self) -> bool {
        let logged_out = self.server.is_revoked;
        let costs = self.seen.costs;
        let lost = self.server.is_suspicious || self.seen.is_rejected && !logged_out;
        let is_due = costs > 0 && self.server.rotation == Rotation::Strict;
        (!lost || is_due) && self.seen.served.iter().all(|it| *it <= 1 + costs)
    }
}

/// That something happens at all.
const RENEWED_TWICE: &str = "renewed twice";

const QUIET: Faults = Faults { any: 0, crashes: 0, network: 0, store: 0, lapses: 0, logouts: 0 };

/// One fault of any kind, and a logout.
const ONE: Faults = Faults { any: 1, crashes: 1, network: 1, store: 1, lapses: 1, logouts: 1 };

/// Two faults of any kind.
const TWO: Faults = Faults { any: 2, crashes: 2, network: 2, store: 2, lapses: 2, logouts: 0 };

#[test]
fn cc_15_without_faults_each_generation_is_presented_once() {
    for rotation in [Rotation::Strict, Rotation::Graceful, Rotation::Keeps] {
        holds(Renewals::new(rotation, Faults { logouts: 1, ..QUIET }));
    }
}

#[test]
fn cc_15_a_strict_server_revokes_for_a_loss_only() {
    holds(Renewals::new(Rotation::Strict, ONE));
    holds(Renewals::new(Rotation::Strict, TWO));
}

#[test]
fn cc_15_a_graceful_server_costs_nobody_a_login() {
    holds(Renewals::new(Rotation::Graceful, ONE));
    holds(Renewals::new(Rotation::Graceful, TWO));
}

#[test]
fn cc_15_a_server_that_keeps_refresh_tokens_costs_nobody_a_login() {
    holds(Renewals { processes: 2, ..Renewals::new(Rotation::Keeps, ONE) });
    holds(Renewals::new(Rotation::Keeps, TWO));
}

#[test]
fn cc_15_two_processes_bear_three_faults() {
    let faults = Faults { any: 3, ..TWO };
    holds(Renewals { processes: 2, ..Renewals::new(Rotation::Strict, faults) });
}

#[test]
fn cc_15_one_process_is_logged_out_by_no_store() {
    holds(Renewals { is_never_revoked: true, ..alone() });
}

#[test]
#[ignore = "takes some minutes, and is run when the model has changed"]
fn two_faults_and_a_logout_are_borne() {
    for rotation in [Rotation::Strict, Rotation::Graceful, Rotation::Keeps] {
        holds(Renewals::new(rotation, Faults { logouts: 1, ..TWO }));
    }
}

#[test]
fn a_process_that_stood_still_may_present_late() {
    let stands_still = Renewals::new(Rotation::Strict, Faults { any: 1, lapses: 1, ..QUIET });

    finds("nobody is late", Renewals { is_never_late: true, ..stands_still }, Flaw::None);
}

#[test]
fn a_commit_without_the_lease_is_found() {
    finds("commit needs lease", strict(), Flaw::CommitsWithoutOwner);
}

#[test]
fn what_is_forgotten_although_the_store_did_not_take_it_is_found() {
    let never_revoked = || Renewals { is_never_revoked: true, ..alone() };

    finds("unsettled is kept", alone(), Flaw::DropsWhatIsUnsettled);
    finds("never revoked", never_revoked(), Flaw::DropsWhatIsUnsettled);
    finds("never revoked", never_revoked(), Flaw::RemembersNothing);
}

#[test]
fn a_loser_that_ends_the_login_of_the_winner_is_found() {
    finds("end is of its version", strict(), Flaw::EndsWhateverThereIs);
}

#[test]
fn tokens_that_are_handed_out_before_their_commit_are_found() {
    finds("handed is committed", strict(), Flaw::HandsOutFirst);
}

#[test]
fn who_waits_for_ever_is_found() {
    finds("everybody lands", strict(), Flaw::LeasesLastForEver);
}

#[test]
fn a_login_that_comes_back_is_found() {
    finds("logout is final", strict(), Flaw::LogoutRemovesTheRow);
}

#[test]
fn tokens_that_outlive_their_login_are_found() {
    let logs_out = || {
        let faults = Faults { logouts: 1, ..alone().faults };
        Renewals { faults, ..alone() }
    };

    holds(logs_out());
    finds("nothing stays alive", logs_out(), Flaw::GivesNothingBack);
}

#[test]
fn a_version_that_stays_is_found() {
    finds("version rises", strict(), Flaw::PostponesInPlace);
}

#[test]
fn two_successors_are_found() {
    let keeps = Renewals::new(Rotation::Keeps, TWO);

    finds("one successor", keeps, Flaw::CommitsWhateverThereIs);
}

#[test]
fn a_refresh_token_that_is_presented_twice_is_found() {
    finds("presented once", strict(), Flaw::PresentsWithoutLease);
    finds("a login costs a loss", strict(), Flaw::PresentsWithoutLease);
    finds("presented once", strict(), Flaw::TakesNoLaterTokens);
}

fn strict() -> Renewals {
    let faults = Faults { any: 2, crashes: 1, network: 1, store: 1, lapses: 1, logouts: 1 };
    Renewals::new(Rotation::Strict, faults)
}

/// One process, and a store that fails.
fn alone() -> Renewals {
    let faults = Faults { any: 3, store: 3, ..QUIET };
    Renewals { processes: 1, ..Renewals::new(Rotation::Strict, faults) }
}

/// Looks at all states, and finds nothing wrong.
fn holds(model: Renewals) {
    let mut found = search(model, HasDiscoveries::AnyFailures);
    let renewed_twice = found.remove(RENEWED_TWICE);

    assert!(renewed_twice.is_some(), "a model in which nothing happens has nothing wrong");
    assert!(found.is_empty(), "{found:#?}");
}

/// Looks until a state is found where a property does not hold because of a flaw.
fn finds(property: &'static str, model: Renewals, flaw: Flaw) {
    let found = search(Renewals { flaw, ..model }, HasDiscoveries::AllOf([property].into()));

    assert!(found.contains_key(property), "{property} holds with {flaw:?}");
}

/// The properties that do not hold, and the shortest way to where they do not.
fn search(model: Renewals, until: HasDiscoveries) -> BTreeMap<&'static str, Vec<Action>> {
    let what = format!("{:?}, {:?}, {} processes", model.rotation, model.flaw, model.processes);
    let from = Instant::now();
    let checker = model.checker().threads(2).finish_when(until).spawn_bfs().join();
    println!(
        "{what}: {} states, {} unlike one another, {} steps deep, {:?}",
        checker.state_count(),
        checker.unique_state_count(),
        checker.max_depth(),
        from.elapsed(),
    );
    let found = checker.discoveries().into_iter();
    found.map(|(property, path)| (property, path.into_actions())).collect()
}
