//! P8: what the attribute itself adds to a program that has serde's derives.

use crate::Shown;
use crate::cargo::Workshop;
use crate::table::{Aim, Case, Row, Seen};

pub(crate) fn row(workshop: &Workshop, rounds: usize) -> Shown {
    let make = |name: &str, more: &str, source: &str| {
        let source = format!("{source}{SOURCE}");
        workshop.make(name, &format!("{SERDE}\n{more}"), &[("lib.rs", &source)])
    };
    let serde = make("serde-alone", "", "");
    let ours = make("serde-and-ours", OURS, "use oauth_derive as _;\n");
    let darling = make("serde-and-darling", "darling = \"=0.24.1\"", "use darling as _;\n");

    let cases = vec![
        Case::floor("serde and its derives", || serde.check_from_nothing()),
        Case::ours("and `oauth-derive`", || ours.check_from_nothing()),
        Case::peer("and `darling`", || darling.check_from_nothing()),
    ];
    let seen = Seen::from_nothing(3 * rounds, cases);
    let added = seen.added("and `oauth-derive`", "and `darling`");
    let names = |made: &crate::cargo::Made<'_>| {
        let names: Vec<String> = made.packages().difference(&serde.packages()).cloned().collect();
        format!("{} ({})", names.len(), names.join(", "))
    };
    let remark = format!(
        "packages beside those of serde: ours {}; `darling` {}",
        names(&ours),
        names(&darling)
    );
    Shown {
        row: Row {
            work: "clean `cargo check` of a library with the attribute",
            seen,
            aims: vec![Aim::at_most(0.15, "added, of `darling`", added)],
        },
        remarks: vec![remark],
    }
}

const SERDE: &str = "serde = { version = \"1\", features = [\"derive\"] }";

const OURS: &str = "oauth-derive = { path = \"{root}/oauth-derive\" }";

const SOURCE: &str = "\
#[derive(serde::Deserialize, serde::Serialize)]
pub struct Kept {
    pub access_token: String,
}
";
