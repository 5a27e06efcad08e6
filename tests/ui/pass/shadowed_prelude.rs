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
        api_base = "https://{domain}/api/",
        api_origins("https://files.acme.example"),
        scopes(Read = "read", Some = "some", None = "none"),
        default_scopes(Read),
        scope_separator = ",",
        pkce = required,
        authorization_params(prompt = "login"),
        offline(scope = Read),
        headers("X-Acme" = "2025"),
        token_response { company: ::core::option::Option<::std::string::String> },
        profile(subject = "/id", email = "/email", email_verified = always),
        emails(endpoint = "https://{domain}/emails", address = "/email", verified = "/verified"),
    )]
    pub struct Acme {
        domain: ::oauth_runtime::Host,
        tenant: ::oauth_runtime::Segment,
    }
}

/// A module with primitive types of its own. No `token_response`: what serde derives names the primitive ones.
pub mod primitives {
    #![allow(dead_code, non_camel_case_types)]

    struct bool;
    struct str;
    struct u8;
    struct usize;

    /// Signs in with Acme.
    #[::oauth_runtime::oauth_provider(
        authorization_endpoint = "https://{domain}/authorize",
        token_endpoint = "https://{domain}/token",
        userinfo_endpoint = "https://{domain}/me",
        scopes(Read = "read"),
        profile(subject = "/id"),
        dialect(refresh_keeps)
    )]
    pub struct Acme {
        domain: ::oauth_runtime::Host,
    }
}

fn main() {
    assert!(shadowed::Acme::new("acme.example", "a").is_ok());
    assert!(primitives::Acme::new("acme.example").is_ok());
}
