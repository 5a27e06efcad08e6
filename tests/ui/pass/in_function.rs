#![deny(warnings, missing_docs)]
//! A provider may be declared in a function, with types of that function.

use oauth_runtime::{Provider, oauth_provider};

fn main() {
    /// Where the company stands.
    #[derive(Clone, Debug, oauth_runtime::__private::serde::Deserialize)]
    #[serde(crate = "oauth_runtime::__private::serde")]
    struct Fields(#[allow(dead_code)] u64);

    #[oauth_provider(
        authorization_endpoint = "https://{domain}/authorize",
        token_endpoint = "https://{domain}/token",
        scopes(Read = "read", Write = "write"),
        token_response { fields: Fields },
    )]
    struct Local {
        domain: oauth_runtime::Host,
    }

    let local = Local::new("acme.example").unwrap();
    assert_eq!(local.parameter("domain"), Some("acme.example"));
}
