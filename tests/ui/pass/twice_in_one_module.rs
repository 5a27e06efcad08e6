#![deny(warnings, missing_docs)]
//! Two providers stand side by side, also with scopes and fields of the same names.

use oauth_runtime::{Provider, oauth_provider};

/// Signs in with Acme.
#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    scopes(Read = "read"),
    token_response { company: u64 },
)]
pub struct Acme;

/// Signs in with the old Acme.
#[oauth_provider(
    authorization_endpoint = "https://old.acme.example/authorize",
    token_endpoint = "https://old.acme.example/token",
    scopes(Read = "readonly"),
    token_response { company: String },
)]
pub struct AcmeOld;

/// A field of each.
#[must_use]
pub fn companies(new: &AcmeTokenResponse, old: &AcmeOldTokenResponse) -> String {
    format!("{} {}", new.company, old.company)
}

fn main() {
    assert_eq!((AcmeScope::Read.as_str(), AcmeOldScope::Read.as_str()), ("read", "readonly"));
    assert_eq!((&*Acme.declaration().slug, &*AcmeOld.declaration().slug), ("acme", "acme_old"));
}
