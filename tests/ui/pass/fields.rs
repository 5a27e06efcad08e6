#![deny(warnings, missing_docs)]
//! Declared fields without an attribute of serde, under names that the generated code has too.

use oauth_runtime::oauth_provider;

/// Signs in with Acme.
#[oauth_provider(
    issuer = "https://acme.example",
    token_response { members: Vec<u64>, fields: Option<bool>, r#type: String },
)]
pub struct Acme;

/// The fields have their types.
#[must_use]
pub fn fields(response: &AcmeTokenResponse) -> (&[u64], Option<bool>, &str) {
    (&response.members, response.fields, &response.r#type)
}

fn main() {}
