#![deny(warnings, missing_docs)]
//! Placeholders are the fields of the struct.

use oauth_runtime::{Host, Provider, Segment, oauth_provider};

/// Signs in with Acme.
#[oauth_provider(
    authorization_endpoint = "https://{domain}/{tenant}/authorize",
    token_endpoint = "https://{domain}/{tenant}/v2-{type}/token",
)]
#[derive(Debug)]
pub struct Acme {
    /// The customer's own host, e.g. `acme.example`.
    pub domain: Host,
    tenant: Segment,
    r#type: Segment,
}

fn main() {
    let acme = Acme::new("acme.example", String::from("a/b"), "web").unwrap();
    assert_eq!(acme.parameter("domain"), Some("acme.example"));
    assert_eq!(acme.parameter("tenant"), Some("a%2Fb"));
    assert_eq!(acme.parameter("type"), Some("web"));
    assert_eq!(acme.parameter("other"), None);
    assert_eq!(acme.declaration().placeholders[2].name, "type");
    assert!(Acme::new("acme.example/path", "a", "b").is_err());
}
