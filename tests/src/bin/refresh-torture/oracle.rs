//! What the authorization server knows: which refresh tokens are good, and which logins are over.

use std::collections::HashMap;
use std::time::Duration;

use crate::event::{Access, At, Refresh, Verdict, nanos, now};

/// How a server treats refresh tokens.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mode {
    /// Each is good once; a second use ends the login.
    Strict,
    /// The one before is good for a while more, and gives the same successor.
    Grace,
    /// They do not rotate.
    Keep,
}

impl Mode {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Grace => "grace",
            Self::Keep => "keep",
        }
    }
}

pub(crate) struct Oracle {
    mode: Mode,
    canary: String,
    families: HashMap<u32, Family>,
}

struct Family {
    generation: u32,
    serial: u32,
    consumed_at: HashMap<u32, At>,
    expires_at: HashMap<u32, At>,
    life: Duration,
    is_over: bool,
}

impl Oracle {
    pub(crate) fn new(mode: Mode, canary: &str) -> Self {
        Self { mode, canary: canary.to_owned(), families: HashMap::new() }
    }

    /// A new login.
    pub(crate) fn log_in(&mut self, life: Duration) -> u32 {
        let family = u32::try_from(self.families.len()).unwrap_or(u32::MAX) + 1;
        let expires_at = HashMap::from([(0, now() + nanos(life))]);
        let family_of = Family {
            generation: 0,
            serial: 0,
            consumed_at: HashMap::new(),
            expires_at,
            life,
            is_over: false,
        };
        self.families.insert(family, family_of);
        family
    }

    /// Decides of a refresh token, and remembers it.
    pub(crate) fn present(&mut self, token: Refresh, arrived: At) -> Verdict {
        let mode = self.mode;
        let Some(family) = self.families.get_mut(&token.family) else { return Verdict::Refused };
        if family.is_over || token.generation > family.generation {
            return Verdict::Refused;
        }
        if mode != Mode::Keep && token.generation < family.generation {
            let consumed_at = family.consumed_at.get(&token.generation).copied();
            let is_last = token.generation + 1 == family.generation;
            let in_time = consumed_at.is_some_and(|at| arrived < at + nanos(GRACE));
            if mode == Mode::Grace && is_last && in_time {
                return Verdict::Again(family.access(token.family));
            }
            family.is_over = true;
            return Verdict::Reused;
        }
        let access = family.access(token.family);
        if mode == Mode::Keep {
            return Verdict::Kept(access);
        }
        family.consumed_at.insert(token.generation, now());
        family.generation += 1;
        Verdict::Rotated(access)
    }

    /// An access token lives from the moment that its answer is written.
    pub(crate) fn begin_life(&mut self, token: Access) {
        if let Some(family) = self.families.get_mut(&token.family) {
            family.expires_at.insert(token.serial, now() + nanos(family.life));
        }
    }

    pub(crate) fn is_good(&self, token: Access) -> bool {
        let Some(family) = self.families.get(&token.family) else { return false };
        !family.is_over && family.expires_at.get(&token.serial).is_some_and(|at| now() < *at)
    }

    /// Ends a login. False if it was over.
    pub(crate) fn revoke(&mut self, family: u32) -> bool {
        let family = self.families.get_mut(&family);
        family.is_some_and(|family| !std::mem::replace(&mut family.is_over, true))
    }

    /// The token response that gives an access token and the refresh token that is good now.
    pub(crate) fn answer(&self, token: Access, with_refresh: bool) -> String {
        let family = self.families.get(&token.family);
        let (generation, life) = family.map_or((0, 0), |it| (it.generation, it.life.as_secs()));
        let canary = &self.canary;
        let access = format!("at.{canary}.{}.{}", token.family, token.serial);
        let refresh = format!("rt.{canary}.{}.{generation}", token.family);
        let refresh =
            if with_refresh { format!(r#","refresh_token":"{refresh}""#) } else { String::new() };
        format!(
            r#"{{"access_token":"{access}","token_type":"bearer","expires_in":{life}{refresh}}}"#
        )
    }
}

impl Family {
    fn access(&mut self, family: u32) -> Access {
        self.serial += 1;
        self.expires_at.insert(self.serial, now() + nanos(self.life));
        Access { family, serial: self.serial }
    }
}

/// The family and the number of a token.
fn numbers(token: &str, kind: &str) -> Option<(u32, u32)> {
    let mut parts = token.split('.');
    let is_of_kind = parts.next() == Some(kind) && parts.next().is_some();
    let numbers = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    is_of_kind.then_some(numbers)
}

pub(crate) fn refresh_token(token: &str) -> Option<Refresh> {
    numbers(token, "rt").map(|(family, generation)| Refresh { family, generation })
}

pub(crate) fn access_token(token: &str) -> Option<Access> {
    numbers(token, "at").map(|(family, serial)| Access { family, serial })
}

/// How long the refresh token before is good in [`Mode::Grace`].
pub(crate) const GRACE: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use super::*;

    fn presented(mode: Mode, generations: &[u32]) -> Vec<Verdict> {
        let mut oracle = Oracle::new(mode, "canary");
        let family = oracle.log_in(Duration::from_secs(2));
        let present = |&generation: &u32| oracle.present(Refresh { family, generation }, now());
        generations.iter().map(present).collect()
    }

    fn access(serial: u32) -> Access {
        Access { family: 1, serial }
    }

    #[test]
    fn a_strict_server_ends_a_login_at_the_second_use() {
        let verdicts = presented(Mode::Strict, &[0, 1, 0, 2]);

        let (first, second) = (Verdict::Rotated(access(1)), Verdict::Rotated(access(2)));
        assert_eq!(verdicts, [first, second, Verdict::Reused, Verdict::Refused]);
    }

    #[test]
    fn a_server_with_a_grace_takes_the_one_before_and_no_older_one() {
        let verdicts = presented(Mode::Grace, &[0, 0, 1, 0]);

        let again = Verdict::Again(access(2));
        let (first, second) = (Verdict::Rotated(access(1)), Verdict::Rotated(access(3)));
        assert_eq!(verdicts, [first, again, second, Verdict::Reused]);
    }

    #[test]
    fn a_server_that_keeps_takes_one_for_ever() {
        let verdicts = presented(Mode::Keep, &[0, 0]);

        assert_eq!(verdicts, [Verdict::Kept(access(1)), Verdict::Kept(access(2))]);
    }
}
