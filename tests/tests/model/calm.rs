//! Whether everybody gets on when nothing goes wrong any more.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hash as _, Hasher};

use crate::Flaw;
use crate::process::Steps;
use crate::world::{At, LAST, Lease, PROCESSES, World};

/// Worlds, each by a number that hardly two of them share.
pub(crate) type Known = HashSet<u64, BuildHasherDefault<Mix>>;

/// As good as needed here, and much faster than the hasher of the standard library where nothing is optimized.
#[derive(Default)]
pub(crate) struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, it: u64) {
        let product = u128::from(self.0 ^ it ^ SEED) * 0x9e37_79b9_7f4a_7c15;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

const SEED: u64 = 0xf39c_c060_5ced_c834;

/// More steps than that nobody needs.
const MOST_STEPS: usize = 100;

/// From here on no fault happens: whoever is at work lands, and who comes then has tokens or is told that the login has ended.
///
/// `known` holds worlds of which this is known.
pub(crate) fn everybody_lands(world: &World, flaw: Flaw, known: &mut Known) -> bool {
    let mut world = *world;
    let mut passed = Vec::new();
    let mut comes = true;
    for _ in 0..MOST_STEPS {
        let code = code(&world);
        if comes && known.contains(&code) {
            known.extend(passed);
            return true;
        }
        if comes {
            passed.push(code);
        }
        if world.processes.iter().all(|process| process.at == At::Idle) {
            if !comes {
                known.extend(passed);
                return true;
            }
            comes = false;
            begin(&mut world);
        }
        if !round(&mut world, flaw) {
            return false;
        }
    }
    false
}

fn code(world: &World) -> u64 {
    let mut hasher = Mix(SEED);
    world.hash(&mut hasher);
    hasher.finish()
}

/// Somebody comes with the newest tokens that are worth renewing.
fn begin(world: &mut World) {
    let worth = &world.handed[..usize::from(LAST)];
    if let Some(held) = worth.iter().rev().find_map(|it| *it) {
        world.processes[0].at = At::Load { held };
    }
}

/// A step of everybody; false if nobody has one.
fn round(world: &mut World, flaw: Flaw) -> bool {
    let mut any = false;
    for by in 0..PROCESSES {
        any |= Steps { world, flaw }.step(by);
    }
    if let Some(row) = world.row.as_mut().filter(|row| row.lease == Lease::Held(None))
        && flaw != Flaw::LeasesLastForEver
    {
        row.lease = Lease::Over;
        any = true;
    }
    any
}
