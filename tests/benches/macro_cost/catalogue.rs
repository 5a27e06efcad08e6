//! P9a: what the bundled catalogue costs who uses one provider of it.

use crate::Shown;
use crate::cargo::Workshop;
use crate::table::{Aim, Case, Row, Seen};

pub(crate) fn row(workshop: &Workshop, rounds: usize) -> Shown {
    let make = |name: &str, dependency: &str| workshop.make(name, dependency, &[("lib.rs", "")]);
    let none = make("no-catalogue", RUNTIME);
    let whole = make("whole-catalogue", PROVIDERS);

    let cases = vec![
        Case::floor("`oauth-runtime`", || none.check_from_nothing()),
        Case::ours("`oauth-providers`", || whole.check_from_nothing()),
    ];
    let seen = Seen::in_turns(rounds, 1, cases);
    let time = |name| seen.time(name).as_secs_f64();
    let ratio = time("`oauth-providers`") / time("`oauth-runtime`");
    let providers = oauth_providers::catalogue().len();
    Shown {
        row: Row {
            work: "clean `cargo check` of the engine, with and without the catalogue",
            seen,
            aims: vec![Aim::at_most(1.03, "with it, of without", ratio)],
        },
        remarks: vec![format!("the catalogue has {providers} providers")],
    }
}

const RUNTIME: &str = "oauth-runtime = { path = \"{root}/oauth-runtime\", default-features = false, features = [\"reqwest\"] }";

const PROVIDERS: &str = "oauth-providers = { path = \"{root}/providers\" }";
