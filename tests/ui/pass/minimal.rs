#![deny(warnings, missing_docs)]
//! The least that a provider declares.

use oauth_runtime::oauth_provider;

/// Signs in with Acme.
#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
)]
pub struct Acme;

fn main() {
    let scope = AcmeScope::custom("read");
    assert_eq!(scope.as_str(), "read");
    assert_eq!(oauth_runtime::ScopeOf::<Acme>::into_scope(scope).as_str(), "read");

    let declaration = oauth_runtime::Provider::declaration(&Acme);
    assert_eq!(declaration.name, "Acme");
    assert_eq!(declaration.slug, "acme");
    assert_eq!(declaration.scope_separator, " ");
}
