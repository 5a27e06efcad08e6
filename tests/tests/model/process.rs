//! What a process does, a step of the store or of the network at a time.
//!
//! Each function stands for the one beside its name; the code is `oauth-runtime/src/refresh/{guard,hold,logins,refresher}.rs`.

use crate::Flaw;
use crate::world::{At, Hold, Lease, LoginRow, Logout, Process, Row, Rule, Tokens, Wire, World};

/// `Replaced`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Replaced {
    Yes,
    NotOwner,
    Stale,
    Gone,
}

/// `Acquired`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Acquired {
    Yes,
    Held,
    Stale,
    Gone,
}

/// A world, and the fault of the code that is to be found in it.
pub(crate) struct Steps<'w> {
    pub(crate) world: &'w mut World,
    pub(crate) flaw: Flaw,
}

impl Steps<'_> {
    /// The next step of a process if nothing goes wrong. False if it has none, or waits.
    pub(crate) fn step(&mut self, by: usize) -> bool {
        let before = self.world.processes[by].at;
        match before {
            At::Idle => return false,
            At::Load { held } => return self.load(by, held),
            At::Insert { held } => self.insert(by, held),
            At::Forward { held, version } => self.forward(by, held, version),
            At::Acquire { held, version, seen, given } => {
                self.acquire(by, held, version, seen, given);
            }
            At::IsSure(hold) => self.is_sure(by, hold),
            At::Release => self.release(by),
            At::Present(hold) => self.goes_to(by, At::During(hold, Wire::Request)),
            At::During(hold, Wire::Request) => {
                let answer = self.world.serve(hold.held);
                self.goes_to(by, At::During(hold, answer));
            }
            At::During(hold, wire) => self.receive(by, hold, wire),
            At::Reject(hold) => self.reject(by, hold),
            At::Postpone(hold) => self.postpone(by, hold),
            At::Commit(hold, tokens) => self.commit(by, hold, tokens),
            At::ReclaimLoad(hold, tokens) => self.reclaim_load(by, hold, tokens),
            At::ReclaimAcquire(hold, tokens) => self.reclaim_acquire(by, hold, tokens),
            At::HandOut(tokens) => self.hand_out(by, tokens),
        }
        if let At::Present(hold) = before {
            self.judge_presentation(by, hold);
        }
        true
    }

    /// `Guard::turn` and `look`: `store.load`, and what the row says.
    fn load(&mut self, by: usize, held: Tokens) -> bool {
        let Some(row) = self.world.row else {
            self.goes_to(by, At::Insert { held });
            return true;
        };
        let LoginRow::Active { tokens, .. } = row.value else {
            self.give_back(by);
            self.goes_to(by, At::Idle);
            return true;
        };
        let takes_later = tokens.is_later_than(held) && self.flaw != Flaw::TakesNoLaterTokens;
        self.settle(by, tokens, takes_later);
        let seen = tokens.generation;
        if self.process(by).unsettled.is_some() {
            // It is committed, whoever comes.
        } else if takes_later {
            self.hand_out(by, tokens);
            return true;
        } else if held.is_later_than(tokens) {
            self.goes_to(by, At::Forward { held, version: row.version });
            return true;
        }
        if self.flaw == Flaw::PresentsWithoutLease {
            let hold = Hold { held, version: row.version, seen, lapsed: false };
            self.goes_to(by, At::Present(hold));
            return true;
        }
        if matches!(row.lease, Lease::Held(_)) {
            return false;
        }
        let given = self.process(by).unsettled;
        self.goes_to(by, At::Acquire { held, version: row.version, seen, given });
        true
    }

    /// `Logins::settle`: what the store has as new is forgotten here.
    fn settle(&mut self, by: usize, tokens: Tokens, takes_later: bool) {
        let unsettled = self.process(by).unsettled;
        let is_later = unsettled.is_some_and(|it| it.is_later_than(tokens));
        if is_later && !(takes_later && self.flaw == Flaw::DropsWhatIsUnsettled) {
            return;
        }
        self.process(by).unsettled = None;
        if is_later {
            self.world.breaks(Rule::UnsettledIsKept);
        }
    }

    /// `Guard::turn`: `store.insert`.
    fn insert(&mut self, by: usize, held: Tokens) {
        if self.world.row.is_none() {
            let value = LoginRow::Active { tokens: held, cooling: false };
            self.put(Row { version: 1, value, lease: Lease::Free });
        }
        self.goes_to(by, At::Load { held });
    }

    /// `Look::Behind`: `store.replace` without an owner.
    fn forward(&mut self, by: usize, held: Tokens, version: u8) {
        self.replace(version, LoginRow::Active { tokens: held, cooling: false }, None);
        self.goes_to(by, At::Load { held });
    }

    /// `acquire`: `store.acquire`; what is unsettled is committed, and nothing presented.
    fn acquire(&mut self, by: usize, held: Tokens, version: u8, seen: u8, given: Option<Tokens>) {
        if self.take_lease(by, version) != Acquired::Yes {
            self.goes_to(by, At::Load { held });
            return;
        }
        let hold = Hold { held, version, seen, lapsed: false };
        self.goes_to(by, given.map_or(At::IsSure(hold), |tokens| At::Commit(hold, tokens)));
    }

    /// `Hold::is_sure`: by the clock, or by `store.renew`; both say the same while clocks go alike.
    fn is_sure(&mut self, by: usize, hold: Hold) {
        let is_ours = self.is_leased_to(by);
        self.goes_to(by, if is_ours { At::Present(hold) } else { At::Release });
    }

    /// `Hold::release`.
    fn release(&mut self, by: usize) {
        if self.is_leased_to(by)
            && let Some(row) = &mut self.world.row
        {
            row.lease = Lease::Free;
        }
        self.lets_go(by);
    }

    /// `Refresher::attempt`: what came back from `present`.
    fn receive(&mut self, by: usize, hold: Hold, wire: Wire) {
        let next = match wire {
            Wire::Tokens(tokens) if self.flaw == Flaw::HandsOutFirst => {
                self.process(by).unsettled = Some(tokens);
                self.judge_hand_out(tokens);
                At::Commit(hold, tokens)
            }
            Wire::Tokens(tokens) => {
                // `Logins::remember`.
                if self.flaw != Flaw::RemembersNothing {
                    self.process(by).unsettled = Some(tokens);
                }
                At::Commit(hold, tokens)
            }
            Wire::InvalidGrant => At::Reject(hold),
            Wire::Failure | Wire::Request => At::Postpone(hold),
        };
        self.goes_to(by, next);
    }

    /// `Hold::reject`: who is overtaken looks anew.
    pub(crate) fn reject(&mut self, by: usize, hold: Hold) {
        let row = self.world.row;
        let replaced = if self.flaw == Flaw::EndsWhateverThereIs {
            let version = row.map_or(0, |row| row.version);
            self.replace(version, LoginRow::Ended, None)
        } else {
            self.replace(hold.version, LoginRow::Ended, Some(by))
        };
        match replaced {
            Replaced::Yes => {
                self.world.seen.is_rejected = true;
                if row.and_then(|row| row.generation()) > Some(hold.held.generation) {
                    self.world.breaks(Rule::EndIsOfItsVersion);
                }
                self.lets_go(by);
            }
            Replaced::Gone => self.lets_go(by),
            Replaced::NotOwner | Replaced::Stale => self.overtaken(by, hold),
        }
    }

    /// `Hold::postpone`.
    fn postpone(&mut self, by: usize, hold: Hold) {
        let row = LoginRow::Active { tokens: hold.held, cooling: true };
        self.replace(hold.version, row, Some(by));
        self.lets_go(by);
    }

    /// `HeldLease::commit`.
    pub(crate) fn commit(&mut self, by: usize, hold: Hold, tokens: Tokens) {
        let was_leased = self.is_leased_to(by);
        let (version, owner) = match self.flaw {
            Flaw::CommitsWhateverThereIs => (self.world.row.map_or(0, |row| row.version), None),
            Flaw::CommitsWithoutOwner => (hold.version, None),
            _ => (hold.version, Some(by)),
        };
        let row = LoginRow::Active { tokens, cooling: false };
        match self.replace(version, row, owner) {
            Replaced::Yes => {
                if !was_leased && self.flaw != Flaw::PresentsWithoutLease {
                    self.world.breaks(Rule::CommitNeedsLease);
                }
                self.settled(by, tokens);
            }
            Replaced::Gone => {
                self.put(Row { version: 1, value: row, lease: Lease::Free });
                self.settled(by, tokens);
            }
            Replaced::Stale | Replaced::NotOwner => {
                self.goes_to(by, At::ReclaimLoad(hold, tokens));
            }
        }
    }

    /// `HeldLease::reclaim`: `store.load`.
    fn reclaim_load(&mut self, by: usize, hold: Hold, tokens: Tokens) {
        let Some(row) = self.world.row else { return self.goes_to(by, At::Commit(hold, tokens)) };
        match row.value {
            LoginRow::Ended => self.logged_out(by),
            LoginRow::Active { tokens: known, .. } if known == tokens => self.settled(by, tokens),
            LoginRow::Active { tokens: known, .. } if tokens.is_later_than(known) => {
                let hold = Hold { version: row.version, ..hold };
                self.goes_to(by, At::ReclaimAcquire(hold, tokens));
            }
            LoginRow::Active { .. } => self.overtaken(by, hold),
        }
    }

    /// `HeldLease::reclaim`: `store.acquire`.
    pub(crate) fn reclaim_acquire(&mut self, by: usize, hold: Hold, tokens: Tokens) {
        match self.take_lease(by, hold.version) {
            Acquired::Yes | Acquired::Gone => self.goes_to(by, At::Commit(hold, tokens)),
            Acquired::Held | Acquired::Stale => self.overtaken(by, hold),
        }
    }

    /// `Committed::Yes`.
    fn settled(&mut self, by: usize, tokens: Tokens) {
        self.process(by).unsettled = None;
        self.lets_go(by);
        self.goes_to(by, At::HandOut(tokens));
    }

    /// `Committed::Ended`: the tokens are given back.
    fn logged_out(&mut self, by: usize) {
        self.process(by).unsettled = None;
        self.world.server.is_revoked = true;
        self.lets_go(by);
    }

    /// `Attempt::Overtaken`: at most three times; then, as `Turn::Later`, the next caller tries.
    fn overtaken(&mut self, by: usize, hold: Hold) {
        self.lets_go(by);
        self.goes_to(by, At::Load { held: hold.held });
    }

    /// What is unsettled when the login ends is nobody's: it must not stay alive at the server.
    fn give_back(&mut self, by: usize) {
        let Some(tokens) = self.process(by).unsettled.take() else { return };
        let is_known = self.world.seen.committed[usize::from(tokens.generation)] == Some(tokens);
        let server = &mut self.world.server;
        if self.flaw != Flaw::GivesNothingBack {
            server.is_revoked = true;
        } else if !is_known && !server.is_suspicious && !server.is_revoked {
            self.world.breaks(Rule::NothingStaysAlive);
        }
    }

    /// `Flight::succeed`.
    fn hand_out(&mut self, by: usize, tokens: Tokens) {
        self.judge_hand_out(tokens);
        self.goes_to(by, At::Idle);
    }

    /// `Guard::end`, from its first line to the end of the first step.
    pub(crate) fn leave(&mut self, by: usize) {
        self.give_back(by);
        self.world.logout = Logout::Load { by };
    }

    pub(crate) fn end(&mut self) {
        let row = self.world.row;
        self.world.logout = match self.world.logout {
            Logout::Load { by } => match row.map(|row| (row.version, row.value)) {
                None => Logout::Insert { by },
                Some((_, LoginRow::Ended)) => Logout::Done,
                Some((version, LoginRow::Active { .. })) => Logout::Replace { by, version },
            },
            Logout::Insert { .. } if row.is_none() => {
                self.put(Row { version: 1, value: LoginRow::Ended, lease: Lease::Free });
                Logout::Done
            }
            Logout::Insert { by } => Logout::Load { by },
            Logout::Replace { version, .. } if self.flaw == Flaw::LogoutRemovesTheRow => {
                self.world.row = row.filter(|row| row.version != version);
                Logout::Done
            }
            Logout::Replace { by, version } => match self.replace(version, LoginRow::Ended, None) {
                Replaced::Yes => Logout::Done,
                _ => Logout::Load { by },
            },
            other => other,
        };
    }

    /// What a process that died leaves behind.
    pub(crate) fn crash(&mut self, by: usize) {
        self.lets_go(by);
        self.world.processes[by] = Process::NEW;
        if self.world.logout.by() == Some(by) {
            self.world.logout = Logout::Failed;
        }
    }

    /// The hold is dropped: nobody knows the owner's name any more.
    pub(crate) fn lets_go(&mut self, by: usize) {
        if let Some(row) = &mut self.world.row
            && row.lease == Lease::Held(Some(by))
        {
            row.lease = Lease::Held(None);
        }
        self.goes_to(by, At::Idle);
    }

    /// `Store::acquire`.
    fn take_lease(&mut self, by: usize, expected: u8) -> Acquired {
        let Some(row) = &mut self.world.row else { return Acquired::Gone };
        if row.version != expected {
            return Acquired::Stale;
        }
        if matches!(row.lease, Lease::Held(_)) {
            return Acquired::Held;
        }
        row.lease = Lease::Held(Some(by));
        Acquired::Yes
    }

    /// `Store::replace`.
    fn replace(&mut self, expected: u8, value: LoginRow, owner: Option<usize>) -> Replaced {
        let Some(row) = self.world.row else { return Replaced::Gone };
        if row.version != expected {
            return Replaced::Stale;
        }
        if owner.is_some_and(|owner| row.lease != Lease::Held(Some(owner)))
            && self.flaw != Flaw::PresentsWithoutLease
        {
            return Replaced::NotOwner;
        }
        let cools = matches!(value, LoginRow::Active { cooling: true, .. });
        let stays = cools && self.flaw == Flaw::PostponesInPlace;
        let version = if stays { row.version } else { row.version + 1 };
        self.put(Row { version, value, lease: Lease::Free });
        Replaced::Yes
    }

    /// A row is written; whoever does it, it is looked at.
    fn put(&mut self, row: Row) {
        let before = self.world.row.replace(row);
        if before.is_some_and(|before| row.version <= before.version) {
            self.world.breaks(Rule::VersionRises);
        }
        let LoginRow::Active { tokens, .. } = row.value else { return };
        if before.is_some_and(|before| before.generation() > row.generation()) {
            self.world.breaks(Rule::VersionRises);
        }
        let has_ended = before.is_some_and(|before| before.value == LoginRow::Ended);
        if has_ended || self.world.logout == Logout::Done {
            self.world.breaks(Rule::LogoutIsFinal);
        }
        let known = &mut self.world.seen.committed[usize::from(tokens.generation)];
        if *known.get_or_insert(tokens) != tokens {
            self.world.breaks(Rule::OneSuccessor);
        }
    }

    fn is_leased_to(&self, by: usize) -> bool {
        self.world.row.is_some_and(|row| row.lease == Lease::Held(Some(by)))
    }

    /// I1, when a request is sent: what the presenter has read holds no successor; and none is in the store by now, unless
    /// the lease that the presenter had was over meanwhile, which it cannot know.
    fn judge_presentation(&mut self, by: usize, hold: Hold) {
        let known = self.world.row.and_then(|row| row.generation());
        let is_late = known > Some(hold.held.generation);
        let excused = hold.lapsed && !self.is_leased_to(by);
        if is_late {
            self.world.breaks(Rule::NobodyIsLate);
        }
        if hold.seen > hold.held.generation || is_late && !excused {
            self.world.breaks(Rule::PresentedOnce);
        }
    }

    /// I7.
    fn judge_hand_out(&mut self, tokens: Tokens) {
        let at = usize::from(tokens.generation);
        if self.world.seen.committed[at] != Some(tokens) {
            self.world.breaks(Rule::HandedIsCommitted);
        }
        self.world.handed[at] = Some(tokens);
    }

    fn process(&mut self, by: usize) -> &mut Process {
        &mut self.world.processes[by]
    }

    fn goes_to(&mut self, by: usize, at: At) {
        self.process(by).at = at;
    }
}

/// What a step does that was done although the process is told that it failed, and what one does that was not done.
impl Steps<'_> {
    /// A step of the store fails. False if this process is at none that is worth it.
    pub(crate) fn fail(&mut self, by: usize, done: bool, gives_up: bool) -> bool {
        let at = self.world.processes[by].at;
        match at {
            // Not done, the process is where it was, as after `Turn::Later`.
            At::Insert { .. } | At::Forward { .. } | At::Acquire { .. } if done && gives_up => {
                self.step(by);
                self.lets_go(by);
            }
            At::Release if !done && gives_up => self.lets_go(by),
            At::Postpone(_) if !done && gives_up => self.lets_go(by),
            // `Attempt::without_store`.
            At::Reject(hold) if gives_up => {
                if done {
                    self.reject(by, hold);
                }
                self.lets_go(by);
            }
            At::Commit(hold, tokens) if done || gives_up => {
                if done {
                    let unsettled = self.world.processes[by].unsettled;
                    self.commit(by, hold, tokens);
                    self.world.processes[by].unsettled = unsettled;
                    // A row that was written has no lease; one that was not has the one it had.
                    if !matches!(self.world.processes[by].at, At::HandOut(_)) {
                        return false;
                    }
                }
                self.once_more_or_not(by, hold, tokens, gives_up);
            }
            At::ReclaimLoad(hold, tokens) if !done => {
                self.once_more_or_not(by, hold, tokens, gives_up);
            }
            At::ReclaimAcquire(hold, tokens) => {
                if done {
                    self.reclaim_acquire(by, hold, tokens);
                    if !matches!(self.world.processes[by].at, At::Commit(..)) {
                        return false;
                    }
                }
                self.once_more_or_not(by, hold, tokens, gives_up);
            }
            _ => return false,
        }
        true
    }

    /// `HeldLease::commit`, which gives up.
    fn once_more_or_not(&mut self, by: usize, hold: Hold, tokens: Tokens, gives_up: bool) {
        if !gives_up {
            self.goes_to(by, At::Commit(hold, tokens));
            return;
        }
        if self.world.seen.committed[usize::from(tokens.generation)] != Some(tokens) {
            self.world.cost();
        }
        self.lets_go(by);
    }
}
