#![no_implicit_prelude]
#![deny(warnings, missing_docs)]
//! The expansion needs no prelude.

/// Signs in with Acme.
#[::oauth_runtime::oauth_provider(
    authorization_endpoint = "https://{domain}/{tenant}/authorize",
    token_endpoint = "https://{domain}/token",
    revocation_endpoint = "https://{domain}/revoke",
    userinfo_endpoint = "https://{domain}/me",
    scopes(Read = "read", Mail = "mail"),
    default_scopes(Read),
    authorization_params(prompt = "select_account"),
    offline(scope = Mail),
    headers("X-Acme" = "2025"),
    token_response { company: ::core::option::Option<::std::string::String> },
    profile(subject = "/id", email = "/email", email_verified = never),
    emails(endpoint = "https://{domain}/emails", address = "/email"),
)]
pub struct Acme {
    domain: ::oauth_runtime::Host,
    tenant: ::oauth_runtime::Segment,
}

fn main() {
    let acme = Acme::new("acme.example", "a").unwrap();
    ::std::assert_eq!(
        ::oauth_runtime::Provider::parameter(&acme, "domain"),
        ::core::option::Option::Some("acme.example")
    );
    ::std::assert_eq!(AcmeScope::custom("write").as_str(), "write");
}
