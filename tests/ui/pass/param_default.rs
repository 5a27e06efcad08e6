#![deny(warnings, missing_docs)]
//! A field with a default is optional: no argument of `new`, but a method of its name.

use oauth_runtime::{Host, Provider, Segment, Value, oauth_provider};

/// Signs in with Acme, where every field has a default.
#[oauth_provider(
    authorization_endpoint = "https://{domain}/{tenant}/authorize?region={region}",
    token_endpoint = "https://{domain}/{tenant}/token?region=acme-{region}"
)]
#[derive(PartialEq)]
pub struct Acme {
    /// The customer's own host.
    #[param(default = "acme.example:8443")]
    domain: Host,
    #[param(default = "common")]
    tenant: Segment,
    /// Where the data are.
    #[param(default = "eu & us")]
    region: Value,
}

/// Signs in with one customer's Acme.
#[oauth_provider(issuer = "https://{domain}/{tenant}")]
pub struct Customer {
    #[param(default = "common")]
    tenant: Segment,
    domain: Host,
}

fn main() {
    let everybody = Acme::new();
    assert_eq!(everybody, Acme::default());
    assert_eq!(everybody.parameter("domain"), Some("acme.example:8443"));
    assert_eq!(everybody.parameter("tenant"), Some("common"));
    assert_eq!(everybody.declaration().placeholders[2].default.as_deref(), Some("eu & us"));

    let company = everybody.tenant("a/b").unwrap().region("asia").unwrap();
    assert_eq!(company.parameter("tenant"), Some("a%2Fb"));
    assert_eq!(company.parameter("region"), Some("asia"));
    assert!(company.domain("acme.example/login").is_err());

    let customer = Customer::new("acme.example").unwrap();
    assert_eq!(customer.parameter("tenant"), Some("common"));
    assert_eq!(customer.tenant(String::from("b")).unwrap().parameter("tenant"), Some("b"));
    assert!(Customer::new("acme.example").unwrap().tenant("..").is_err());
}
