#![deny(warnings, missing_docs)]
//! A renamed dependency is named by `crate = path`.

mod my {
    pub(crate) use oauth_runtime as oauth;
}

/// Signs in with Acme.
#[my::oauth::oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    token_response { company: u64 },
    crate = crate::my::oauth,
)]
pub struct Acme;

fn main() {}
