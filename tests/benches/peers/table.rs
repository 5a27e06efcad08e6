//! Rounds in which all cases take turns, and the row of what they showed.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

/// Above the rows.
pub(crate) const HEAD: &str = "\
| | work | floor | ours, x floor | peers, x floor | aim | |
| --- | --- | --- | --- | --- | --- | --- |";

/// One way to do the work.
pub(crate) struct Case<'a> {
    name: &'static str,
    kind: Kind,
    run: Box<dyn FnMut() -> Duration + 'a>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Floor,
    Ours,
    Peer,
}

impl<'a> Case<'a> {
    /// The least that would do.
    pub(crate) fn floor(name: &'static str, run: impl FnMut() -> Duration + 'a) -> Self {
        Self { name, kind: Kind::Floor, run: Box::new(run) }
    }

    /// This library. `run` says how long it took.
    pub(crate) fn ours(name: &'static str, run: impl FnMut() -> Duration + 'a) -> Self {
        Self { name, kind: Kind::Ours, run: Box::new(run) }
    }

    /// Another crate.
    pub(crate) fn peer(name: &'static str, run: impl FnMut() -> Duration + 'a) -> Self {
        Self { name, kind: Kind::Peer, run: Box::new(run) }
    }
}

/// Who was how fast in which round, or how large.
pub(crate) struct Seen {
    cases: Vec<(&'static str, Kind)>,
    /// Of each round: seconds for one piece of work, or bytes, in the order of the cases.
    rounds: Vec<Vec<f64>>,
    are_bytes: bool,
}

impl Seen {
    /// Lets all cases take turns; each does `pieces` of work when it is its turn, and who begins changes from round to
    /// round. The first round warms up and does not count.
    pub(crate) fn in_turns(rounds: usize, pieces: u32, cases: Vec<Case<'_>>) -> Self {
        Self::of(rounds, 1, pieces, cases)
    }

    /// The same for work that begins from nothing each time: one piece, and no round warms up.
    pub(crate) fn from_nothing(rounds: usize, cases: Vec<Case<'_>>) -> Self {
        Self::of(rounds, 0, 1, cases)
    }

    fn of(rounds: usize, warming: usize, pieces: u32, mut cases: Vec<Case<'_>>) -> Self {
        let round = |first: usize| {
            let mut seconds = vec![0.0; cases.len()];
            for turn in 0..cases.len() {
                let turn = (first + turn) % cases.len();
                seconds[turn] = (cases[turn].run)().as_secs_f64() / f64::from(pieces);
            }
            seconds
        };
        let rounds = (0..rounds + warming).map(round).skip(warming).collect();
        let cases = cases.iter().map(|case| (case.name, case.kind)).collect();
        Self { cases, rounds, are_bytes: false }
    }

    /// Bytes, which are the same in each round: the least that would do, ours, and those of others.
    pub(crate) fn bytes(
        floor: (&'static str, f64),
        ours: &[(&'static str, f64)],
        peers: &[(&'static str, f64)],
    ) -> Self {
        let kinds = [Kind::Floor].into_iter().chain(ours.iter().map(|_| Kind::Ours));
        let kinds = kinds.chain(peers.iter().map(|_| Kind::Peer));
        let (names, bytes): (Vec<_>, Vec<_>) = [&[floor], ours, peers].concat().into_iter().unzip();
        Self { cases: names.into_iter().zip(kinds).collect(), rounds: vec![bytes], are_bytes: true }
    }

    /// The median of something within each round.
    fn median(&self, of: impl Fn(&[f64]) -> f64) -> f64 {
        let mut values: Vec<f64> = self.rounds.iter().map(|round| of(round)).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    }

    fn index(&self, name: &str) -> usize {
        let index = self.cases.iter().position(|(known, _)| *known == name);
        index.unwrap_or_else(|| panic!("no case is called {name}"))
    }

    /// How many times as long one takes as another.
    pub(crate) fn ratio(&self, case: &str, other: &str) -> f64 {
        let (case, other) = (self.index(case), self.index(other));
        self.median(|round| round[case] / round[other])
    }

    /// How many times as much one adds to the floor as another does.
    pub(crate) fn added(&self, case: &str, other: &str) -> f64 {
        let (case, other) = (self.index(case), self.index(other));
        self.median(|round| (round[case] - round[0]) / (round[other] - round[0]))
    }

    /// How many times as long one takes as the floor and another together.
    pub(crate) fn of_floor_and(&self, case: &str, other: &str) -> f64 {
        let (case, other) = (self.index(case), self.index(other));
        self.median(|round| round[case] / (round[0] + round[other]))
    }

    /// How long one takes, for a sense of scale.
    pub(crate) fn time(&self, case: &str) -> Duration {
        let case = self.index(case);
        Duration::from_secs_f64(self.median(|round| round[case]))
    }

    fn list(&self, f: &mut Formatter<'_>, kind: Kind) -> fmt::Result {
        let floor = self.cases[0].0;
        let cases = self.cases.iter().filter(|(_, known)| *known == kind);
        for (index, (name, _)) in cases.enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{name} {:.2}", self.ratio(name, floor))?;
        }
        Ok(())
    }
}

/// What is aimed at, and what was seen of it.
pub(crate) struct Aim {
    what: String,
    bound: Bound,
    seen: f64,
}

enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

impl Aim {
    /// The less the better.
    pub(crate) fn at_most(bound: f64, what: impl Into<String>, seen: f64) -> Self {
        Self { what: what.into(), bound: Bound::AtMost(bound), seen }
    }

    /// The more the better.
    pub(crate) fn at_least(bound: f64, what: impl Into<String>, seen: f64) -> Self {
        Self { what: what.into(), bound: Bound::AtLeast(bound), seen }
    }

    fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtLeast(bound) => self.seen >= bound,
            Bound::AtMost(bound) => self.seen <= bound,
        }
    }
}

impl Display for Aim {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (word, bound) = match self.bound {
            Bound::AtLeast(bound) => ("at least", bound),
            Bound::AtMost(bound) => ("at most", bound),
        };
        write!(f, "{} {word} {bound}: {:.2}", self.what, self.seen)
    }
}

/// One row of the table.
pub(crate) struct Row {
    pub(crate) work: &'static str,
    pub(crate) seen: Seen,
    pub(crate) aims: Vec<Aim>,
}

impl Display for Row {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let floor = self.seen.cases[0].0;
        write!(f, "| {} | {floor} (", self.work)?;
        if self.seen.are_bytes {
            write!(f, "{:.0} bytes) | ", self.seen.rounds[0][0])?;
        } else {
            write!(f, "{:.3?}) | ", self.seen.time(floor))?;
        }
        self.seen.list(f, Kind::Ours)?;
        f.write_str(" | ")?;
        self.seen.list(f, Kind::Peer)?;
        f.write_str(" | ")?;
        for (index, aim) in self.aims.iter().enumerate() {
            write!(f, "{}{aim}", if index == 0 { "" } else { "<br>" })?;
        }
        f.write_str(" | ")?;
        for (index, aim) in self.aims.iter().enumerate() {
            let verdict = if aim.is_met() { "met" } else { "**missed**" };
            write!(f, "{}{verdict}", if index == 0 { "" } else { "<br>" })?;
        }
        f.write_str(" |")
    }
}
