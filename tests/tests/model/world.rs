//! What there is: the row in the store, the processes, the authorization server, and what was written down to judge them.

use std::hash::{Hash, Hasher};

pub(crate) const PROCESSES: usize = 3;

/// The last generation; nobody renews it.
pub(crate) const LAST: u8 = 2;

/// A pair of tokens: how often it was renewed, and which answer of the server it came with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Tokens {
    pub(crate) generation: u8,
    pub(crate) serial: u8,
}

impl Tokens {
    pub(crate) fn is_later_than(self, other: Self) -> bool {
        self.generation > other.generation
    }

    fn code(self) -> u64 {
        u64::from(self.generation) << 3 | u64::from(self.serial)
    }
}

/// `LoginRow`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum LoginRow {
    Active { tokens: Tokens, cooling: bool },
    Ended,
}

/// Who has the lease. A name is good for one turn: when the turn is over nobody has it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Lease {
    Free,
    Held(Option<usize>),
    Over,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Row {
    pub(crate) version: u8,
    pub(crate) value: LoginRow,
    pub(crate) lease: Lease,
}

impl Row {
    pub(crate) fn generation(&self) -> Option<u8> {
        match self.value {
            LoginRow::Active { tokens, .. } => Some(tokens.generation),
            LoginRow::Ended => None,
        }
    }
}

/// `Hold`: the turn of a process.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Hold {
    /// The tokens that the caller came with.
    pub(crate) held: Tokens,
    /// The version that was acquired.
    pub(crate) version: u8,
    /// The generation that the process has read in that version.
    pub(crate) seen: u8,
    /// Its lease's time ran out.
    pub(crate) lapsed: bool,
}

/// What is between a process and the server.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Wire {
    Request,
    Tokens(Tokens),
    InvalidGrant,
    /// Anything else: 503, a connection that broke, a timeout.
    Failure,
}

/// The next thing that a process does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum At {
    Idle,
    Load { held: Tokens },
    Insert { held: Tokens },
    Forward { held: Tokens, version: u8 },
    Acquire { held: Tokens, version: u8, seen: u8, given: Option<Tokens> },
    IsSure(Hold),
    Release,
    Present(Hold),
    During(Hold, Wire),
    Reject(Hold),
    Postpone(Hold),
    Commit(Hold, Tokens),
    ReclaimLoad(Hold, Tokens),
    ReclaimAcquire(Hold, Tokens),
    HandOut(Tokens),
}

impl At {
    pub(crate) fn hold(&mut self) -> Option<&mut Hold> {
        match self {
            Self::IsSure(hold)
            | Self::Present(hold)
            | Self::During(hold, _)
            | Self::Reject(hold)
            | Self::Postpone(hold)
            | Self::Commit(hold, _)
            | Self::ReclaimLoad(hold, _)
            | Self::ReclaimAcquire(hold, _) => Some(hold),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Process {
    pub(crate) at: At,
    /// `Logins::unsettled`.
    pub(crate) unsettled: Option<Tokens>,
}

impl Process {
    pub(crate) const NEW: Self = Self { at: At::Idle, unsettled: None };

    /// All that is told apart of a process. A version is the row's or an old one: it never comes back.
    fn code(&self, version: u8) -> u64 {
        let fresh = |it: u8| u64::from(it == version);
        let hold = |it: Hold| {
            it.held.code() << 4
                | u64::from(it.seen) << 2
                | u64::from(it.lapsed) << 1
                | fresh(it.version)
        };
        let (step, hold, rest) = match self.at {
            At::Idle => (0, 0, 0),
            At::Load { held } => (1, held.code(), 0),
            At::Insert { held } => (2, held.code(), 0),
            At::Forward { held, version } => (3, held.code(), fresh(version)),
            At::Acquire { held, version, seen, given } => {
                let given = given.map_or(0, |tokens| tokens.code() + 1);
                (4, held.code(), fresh(version) | u64::from(seen) << 1 | given << 16)
            }
            At::IsSure(it) => (5, hold(it), 0),
            At::Release => (6, 0, 0),
            At::Present(it) => (7, hold(it), 0),
            At::During(it, Wire::Request) => (8, hold(it), 0),
            At::During(it, Wire::Tokens(tokens)) => (9, hold(it), tokens.code()),
            At::During(it, Wire::InvalidGrant) => (10, hold(it), 0),
            At::During(it, Wire::Failure) => (11, hold(it), 0),
            At::Reject(it) => (12, hold(it), 0),
            At::Postpone(it) => (13, hold(it), 0),
            At::Commit(it, tokens) => (14, hold(it), tokens.code()),
            At::ReclaimLoad(it, tokens) => (15, hold(it), tokens.code()),
            At::ReclaimAcquire(it, tokens) => (16, hold(it), tokens.code()),
            At::HandOut(tokens) => (17, 0, tokens.code()),
        };
        let unsettled = self.unsettled.map_or(0, |it| it.code() + 1);
        step | hold << 5 | rest << 16 | unsettled << 24
    }
}

/// `Guard::end`, in one of the processes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Logout {
    NotYet,
    Load { by: usize },
    Insert { by: usize },
    Replace { by: usize, version: u8 },
    Done,
    Failed,
}

impl Logout {
    pub(crate) fn by(self) -> Option<usize> {
        match self {
            Self::Load { by } | Self::Insert { by } | Self::Replace { by, .. } => Some(by),
            Self::NotYet | Self::Done | Self::Failed => None,
        }
    }

    fn code(self, row: u8) -> u64 {
        match self {
            Self::NotYet => 0,
            Self::Load { .. } => 1,
            Self::Insert { .. } => 2,
            Self::Replace { version, .. } => 3 + u64::from(version == row),
            Self::Done => 5,
            Self::Failed => 6,
        }
    }
}

/// What a server does about a refresh token that it has consumed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Rotation {
    /// It revokes the family.
    Strict,
    /// It gives the same successor again.
    Graceful,
    /// It consumes none.
    Keeps,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Server {
    pub(crate) rotation: Rotation,
    /// The generation whose refresh token is good.
    pub(crate) current: u8,
    /// How often it gave tokens for a refresh token that it keeps.
    pub(crate) answers: u8,
    /// It took a second use for theft.
    pub(crate) is_suspicious: bool,
    /// The application gave the tokens back.
    pub(crate) is_revoked: bool,
}

impl Server {
    pub(crate) fn serve(&mut self, held: Tokens) -> Wire {
        if self.is_suspicious || self.is_revoked {
            return Wire::InvalidGrant;
        }
        let generation = held.generation + 1;
        if self.rotation == Rotation::Keeps {
            self.answers += 1;
            return Wire::Tokens(Tokens { generation, serial: self.answers });
        }
        if held.generation == self.current {
            self.current = generation;
        } else if self.rotation == Rotation::Strict {
            self.is_suspicious = true;
            return Wire::InvalidGrant;
        }
        Wire::Tokens(Tokens { generation, serial: 0 })
    }
}

/// How often something may still go wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Faults {
    /// Of any kind.
    pub(crate) any: u8,
    pub(crate) crashes: u8,
    /// Answers that are lost, requests that come late, servers that are down.
    pub(crate) network: u8,
    /// Steps of the store that fail.
    pub(crate) store: u8,
    /// Leases whose time runs out although their holder is alive.
    pub(crate) lapses: u8,
    pub(crate) logouts: u8,
}

/// What was seen: it is asked by the properties, never by a process.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Seen {
    /// The rules that were broken, a bit each.
    pub(crate) broken: u16,
    /// The tokens of each generation that the store has taken.
    pub(crate) committed: [Option<Tokens>; 3],
    /// How often each refresh token has come to the server, and was consumed or taken for stolen.
    pub(crate) served: [u8; 2],
    /// What may cost a login: see [`World::cost`].
    pub(crate) costs: u8,
    /// A process has ended the login because of the server.
    pub(crate) is_rejected: bool,
}

/// A state of the model.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct World {
    pub(crate) row: Option<Row>,
    pub(crate) processes: [Process; PROCESSES],
    pub(crate) logout: Logout,
    pub(crate) server: Server,
    /// Requests of each generation that nobody waits for, and that the server gets yet.
    pub(crate) stray: [u8; 2],
    /// What browsers have.
    pub(crate) handed: [Option<Tokens>; 3],
    pub(crate) faults: Faults,
    pub(crate) seen: Seen,
}

/// A rule that a step may break.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u16)]
pub(crate) enum Rule {
    /// I1.
    PresentedOnce = 1,
    /// I5.
    VersionRises = 2,
    /// I5.
    CommitNeedsLease = 4,
    /// I5.
    OneSuccessor = 8,
    /// I6.
    EndIsOfItsVersion = 16,
    /// I7.
    HandedIsCommitted = 32,
    /// I10.
    LogoutIsFinal = 64,
    /// What a process has in memory alone.
    UnsettledIsKept = 128,
    /// More than can be promised.
    NobodyIsLate = 256,
    /// I10.
    NothingStaysAlive = 512,
}

impl World {
    pub(crate) fn new(rotation: Rotation, faults: Faults) -> Self {
        let first = Tokens { generation: 0, serial: 0 };
        Self {
            row: None,
            processes: [Process::NEW; PROCESSES],
            logout: Logout::NotYet,
            server: Server {
                rotation,
                current: 0,
                answers: 0,
                is_suspicious: false,
                is_revoked: false,
            },
            stray: [0; 2],
            handed: [Some(first), None, None],
            faults,
            seen: Seen {
                broken: 0,
                committed: [Some(first), None, None],
                served: [0; 2],
                costs: 0,
                is_rejected: false,
            },
        }
    }

    pub(crate) fn breaks(&mut self, rule: Rule) {
        self.seen.broken |= rule as u16;
    }

    pub(crate) fn keeps(&self, rule: Rule) -> bool {
        self.seen.broken & rule as u16 == 0
    }

    /// Notes something after which a refresh token may be presented again that the server has consumed: nobody has its
    /// successor but the server, or a process that cannot commit it, or whose turn is another's.
    pub(crate) fn cost(&mut self) {
        self.seen.costs += 1;
    }

    /// What the server did for a request, whoever waits for the answer.
    pub(crate) fn serve(&mut self, held: Tokens) -> Wire {
        if !self.server.is_suspicious && !self.server.is_revoked {
            self.seen.served[usize::from(held.generation)] += 1;
        }
        self.server.serve(held)
    }
}

/// Processes are alike: which of them is where is not told apart.
impl Hash for World {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let version = self.row.map_or(0, |row| row.version);
        let (lease, owner) = match self.row.map(|row| row.lease) {
            None => (0, None),
            Some(Lease::Free) => (1, None),
            Some(Lease::Held(owner)) => (2, owner),
            Some(Lease::Over) => (3, None),
        };
        let by = self.logout.by();
        let mut codes = [0; PROCESSES];
        for (at, process) in self.processes.iter().enumerate() {
            let is_owner = u64::from(owner == Some(at));
            let is_leaving = u64::from(by == Some(at));
            codes[at] = process.code(version) | is_owner << 32 | is_leaving << 33;
        }
        codes.sort_unstable();
        let row = match self.row.map(|row| row.value) {
            None => 0,
            Some(LoginRow::Ended) => 1,
            Some(LoginRow::Active { tokens, cooling }) => {
                2 | u64::from(cooling) | tokens.code() << 2
            }
        };
        let tokens = |it: Option<Tokens>| it.map_or(0, |it| it.code() + 1);
        let mut rest = row | lease << 8 | self.logout.code(version) << 10;
        for (at, it) in self.handed.iter().chain(&self.seen.committed).enumerate() {
            rest |= tokens(*it) << (13 + 6 * at);
        }
        let (server, faults, seen) = (&self.server, &self.faults, &self.seen);
        let mut more = 0_u64;
        for (bits, it) in [
            (2, server.current),
            (3, server.answers),
            (1, server.is_suspicious.into()),
            (1, server.is_revoked.into()),
            (3, self.stray[0]),
            (3, self.stray[1]),
            (3, faults.any),
            (3, faults.crashes),
            (3, faults.network),
            (3, faults.store),
            (3, faults.lapses),
            (1, faults.logouts),
            (3, seen.served[0]),
            (3, seen.served[1]),
            (3, seen.costs),
            (1, seen.is_rejected.into()),
        ] {
            more = more << bits | u64::from(it);
        }
        more = more << 16 | u64::from(seen.broken);
        for it in codes.into_iter().chain([rest, more]) {
            state.write_u64(it);
        }
    }
}
