#![deny(warnings, missing_docs, clippy::pedantic)]
//! The expansion names nothing that a module could have redefined.

/// A module with a prelude of its own.
pub mod shadowed {
    #![allow(dead_code, non_camel_case_types)]

    struct Result;
    struct Option;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct String;
    struct Vec;
    struct Box;
    struct Cow;
    trait AsRef {}
    trait Clone {}
    trait Debug {}
    trait Default {}
    trait From {}
    trait Into {}
    mod core {}
    mod std {}
    mod serde {}
    mod oauth_runtime {}

    /// Signs in with Acme.
    #[::oauth_runtime::oauth_provider(
        authorization_endpoint = "https://{domain}/{tenant}/authorize",
        token_endpoint = "https://{domain}/token",
        revocation_endpoint = "https://{domain}/revoke",
        userinfo_endpoint = "https://{domain}/me",
        scopes(Read = "read"),
        offline(scope = Read),
        token_response { company: ::core::option::Option<::std::string::String> },
        profile(subject = "/id", email_verified = always),
    )]
    pub struct Acme {
        domain: ::oauth_runtime::Host,
        tenant: ::oauth_runtime::Segment,
    }
}

fn main() {
    assert!(shadowed::Acme::new("acme.example", "a").is_ok());
}
