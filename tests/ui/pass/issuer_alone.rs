#![deny(warnings, missing_docs)]
//! An issuer is enough: its metadata name the endpoints.

use oauth_runtime::{
    HasEndSession, HasIdToken, HasProfile, HasRefresh, HasRevocation, Provider, oauth_provider,
};

/// Signs in with Acme.
#[oauth_provider(
    issuer = "https://acme.example",
    scopes(OpenId = "openid"),
    default_scopes(OpenId),
    profile(subject = "/sub"),
    dialect(revocation_request = bearer, userinfo_request = form)
)]
pub struct Acme;

/// Says where the browser goes; the keys are its issuer's to name.
#[oauth_provider(
    issuer = "https://acme.example",
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    profile(subject = "/sub")
)]
pub struct Keyless;

fn has<T: HasEndSession + HasIdToken + HasProfile + HasRefresh + HasRevocation>(_: &T) {}

fn main() {
    has(&Acme);
    has(&Keyless);
    assert!(Keyless.declaration().is_discovered());
    let declaration = Acme.declaration();
    assert_eq!(declaration.issuer.as_deref(), Some("https://acme.example"));
    assert!(declaration.is_discovered() && declaration.token_endpoint.is_none());
    assert_eq!(declaration.default_scopes[0], "openid");
}
