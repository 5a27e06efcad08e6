#![deny(warnings, missing_docs)]
//! The struct keeps the attributes that stand above and below.

use std::collections::HashSet;

use oauth_runtime::{Host, Provider, oauth_provider};

/// Signs in with Acme.
///
/// Every customer has a host.
#[doc(alias = "invoices")]
#[oauth_provider(
    authorization_endpoint = "https://{domain}/authorize",
    token_endpoint = "https://{domain}/token"
)]
#[derive(Clone, Eq)]
#[must_use]
#[derive(::core::cmp::PartialEq)]
#[cfg_attr(all(), derive(Hash))]
#[non_exhaustive]
/// Also written below.
pub struct Acme {
    #[doc = "The host."]
    #[doc(alias = "customer")]
    #[cfg_attr(any(), allow(unknown_lint))]
    pub domain: Host,
}

fn main() {
    let acme = Acme::new("acme.example").unwrap();
    assert_eq!(acme, acme.clone());
    assert_eq!(HashSet::from([acme.clone(), acme]).len(), 1);
    assert_eq!(Acme::new("b.example").unwrap().declaration().name, "Acme");
}
