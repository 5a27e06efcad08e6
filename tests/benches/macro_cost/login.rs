//! P8: a clean check of an application with a login.

use crate::Shown;
use crate::cargo::Workshop;
use crate::table::{Aim, Case, Row, Seen};

pub(crate) fn row(workshop: &Workshop, rounds: usize) -> Shown {
    let make = |name: &str, dependencies: &str, source: &str| {
        let dependencies = format!("{SERVER}\n{dependencies}");
        workshop.make(name, &dependencies, &[("main.rs", source)])
    };
    let nothing = make("nothing", HTTP_CLIENT, include_str!("login/nothing.rs"));
    let ours = make("ours", OURS, include_str!("login/ours.rs"));
    let oauth2 = make("with-oauth2", OAUTH2, include_str!("login/oauth2.rs"));
    let axum_login = make("with-axum-login", AXUM_LOGIN, include_str!("login/axum_login.rs"));
    let axum_oidc = make("with-axum-oidc", AXUM_OIDC, include_str!("login/axum_oidc.rs"));

    let cases = vec![
        Case::floor("axum and reqwest, no login", || nothing.check_from_nothing()),
        Case::ours("`oauth-providers`", || ours.check_from_nothing()),
        Case::peer("`oauth2`", || oauth2.check_from_nothing()),
        Case::peer("`axum-login` and `oauth2`", || axum_login.check_from_nothing()),
        Case::peer("`axum-oidc`", || axum_oidc.check_from_nothing()),
    ];
    let seen = Seen::from_nothing(rounds, cases);
    let of = |peer: &str| seen.ratio("`oauth-providers`", peer);
    let aims = vec![
        Aim::at_most(1.0, "of `oauth2`", of("`oauth2`")),
        Aim::at_most(0.65, "of `axum-login`", of("`axum-login` and `oauth2`")),
        Aim::at_most(0.55, "of `axum-oidc`", of("`axum-oidc`")),
    ];
    let made = [&nothing, &ours, &oauth2, &axum_login, &axum_oidc];
    let counts = made.map(|made| made.packages().len().to_string()).join(", ");
    Shown {
        row: Row { work: "clean `cargo check` of an axum application with a login", seen, aims },
        remarks: vec![format!("packages in the order of the cases: {counts}")],
    }
}

/// What every application has.
const SERVER: &str = "\
axum = \"0.8\"
tokio = { version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }";

/// As ours has it.
const HTTP_CLIENT: &str = "\
reqwest = { version = \"0.13\", default-features = false, features = [\"rustls-no-provider\"] }
rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }";

const OURS: &str = "oauth-providers = { path = \"{root}/providers\", features = [\"axum\"] }";

const OAUTH2: &str = "oauth2 = \"=5.0.0\"";

const AXUM_LOGIN: &str = "\
axum-login = \"=0.18.0\"
oauth2 = \"=5.0.0\"
tower-sessions = \"=0.14.0\"";

const AXUM_OIDC: &str = "\
axum-oidc = \"=0.6.0\"
tower = \"0.5\"
tower-sessions = \"=0.14.0\"";
