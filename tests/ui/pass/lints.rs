#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]
#![deny(future_incompatible, nonstandard_style, rust_2018_idioms, rust_2024_compatibility, unused)]
#![deny(let_underscore, redundant_lifetimes, single_use_lifetimes, unused_lifetimes)]
#![deny(trivial_casts, trivial_numeric_casts, unit_bindings, unused_qualifications)]
#![deny(unused_results, variant_size_differences)]
//! The expansion has no unsafe code, and nothing to say to the lints that are off unless asked for.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Acme.
#[oauth_provider(
    authorization_endpoint = "https://{domain}/authorize",
    token_endpoint = "https://{domain}/token",
    revocation_endpoint = "https://{domain}/revoke",
    userinfo_endpoint = "https://{domain}/me",
    api_base = "https://{domain}/api/",
    scopes(
        /// Read everything.
        Read = "read",
        Write = "write",
    ),
    default_scopes(Read),
    offline(always),
    headers("X-Acme" = "2025"),
    token_response {
        company: Option<String>,
        #[serde(default)]
        addresses: Vec<String>,
    },
    profile(subject = "/id"),
)]
#[derive(Eq, PartialEq)]
pub struct Acme {
    domain: Host,
}

fn main() {
    assert!(Acme::new("acme.example").is_ok());
}
