#![deny(warnings, missing_docs)]
//! Who uses a deprecated provider hears of it, and not who declares it.

use oauth_runtime::{Segment, oauth_provider};

/// Signs in with Acme.
#[oauth_provider(
    authorization_endpoint = "https://acme.example/{tenant}/authorize",
    token_endpoint = "https://acme.example/token",
    revocation_endpoint = "https://acme.example/revoke",
    userinfo_endpoint = "https://acme.example/me",
    scopes(Read = "read"),
    token_response { id: u64 },
    profile(subject = "/id"),
)]
#[deprecated(note = "the provider is gone")]
#[derive(PartialEq)]
pub struct Acme {
    #[param(default = "common")]
    tenant: Segment,
}

/// Has no placeholders.
#[oauth_provider(issuer = "https://old.example", token_response { #[serde(default)] id: u64 })]
#[deprecated]
pub struct Old;

#[expect(deprecated)]
fn main() {
    assert!(Acme::new().tenant("acme").is_ok());
    let _ = Old;
}
