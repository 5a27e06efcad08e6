//! P9: what it costs to have many providers in one crate.

use crate::Shown;
use crate::cargo::{Made, Workshop};
use crate::program::Program;
use crate::table::{Aim, Case, Row, Seen};

/// How many there are to be.
pub(crate) const MANY: usize = 100;

pub(crate) fn row(workshop: &Workshop, rounds: usize) -> Shown {
    let make = |name: &str, providers: usize| {
        workshop.make(name, PROVIDERS, &[("lib.rs", &library(providers))])
    };
    let (one, many) = (make("one-provider", 1), make("many-providers", MANY));
    // What they depend on is checked once, and is what the whole costs.
    let whole = one.check().as_secs_f64();
    many.check();
    let again = |made: &Made<'_>, providers: usize| {
        made.write("lib.rs", &library(providers));
        made.check()
    };

    let cases = vec![
        Case::floor("one provider", || again(&one, 1)),
        Case::ours("100 providers", || again(&many, MANY)),
    ];
    let program = Program::compiled(workshop);
    let seen = Seen::in_turns(5 * rounds, 1, cases);
    let added = (seen.time("100 providers").as_secs_f64()
        - seen.time("one provider").as_secs_f64())
    .max(0.0);
    let each = 1000.0 * added / (MANY - 1) as f64;
    Shown {
        row: Row {
            work: "`cargo check` of a crate that declares providers, its dependencies checked already",
            seen,
            aims: vec![
                Aim::at_most(
                    1.03,
                    "100 providers with what they depend on, of one with it",
                    (whole + added) / whole,
                ),
                Aim::at_most(
                    1.0,
                    "a release program that uses one of 100, of one that has no other",
                    program.with_many as f64 / program.with_one as f64,
                ),
                Aim::at_most(0.0, "unused providers in it", program.unused.len() as f64),
            ],
        },
        remarks: vec![
            format!(
                "each further provider {each:.2} ms; one, with all that it depends on (no HTTP client), {whole:.1} s"
            ),
            format!(
                "the program has {} bytes with one provider and {} with {MANY}; of those that it does not use it holds {:?}",
                program.with_one, program.with_many, program.unused
            ),
        ],
    }
}

/// A crate that declares so many providers.
pub(crate) fn library(providers: usize) -> String {
    (0..providers).map(provider).collect()
}

/// A usual declaration: it has what those of the catalogue have.
fn provider(number: usize) -> String {
    DECLARATION.replace("{number}", &number.to_string())
}

pub(crate) const PROVIDERS: &str =
    "oauth-providers = { path = \"{root}/providers\", default-features = false }";

const DECLARATION: &str = r#"
/// Signs in with provider {number}.
#[oauth_providers::oauth_provider(
    slug = "provider_{number}",
    authorization_endpoint = "https://provider-{number}.example/login/oauth/authorize",
    token_endpoint = "https://provider-{number}.example/login/oauth/access_token",
    revocation_endpoint = "https://provider-{number}.example/login/oauth/revoke",
    userinfo_endpoint = "https://api.provider-{number}.example/user",
    api_base = "https://api.provider-{number}.example/",
    scopes(
        /// Read the user's own profile.
        ReadUser = "read:user",
        /// Read the user's addresses.
        UserEmail = "user:email",
        /// Read and write what the user has.
        Repo = "repo",
        /// Stay logged in.
        Offline = "offline_access",
    ),
    default_scopes(ReadUser, UserEmail),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = Offline),
    headers("X-Version" = "2025"),
    token_response {
        /// The company that the user chose.
        company: Option<String>,
    },
    profile(subject = "/id", name = "/name", email = "/email", picture = "/avatar_url"),
)]
pub struct Provider{number};
"#;
