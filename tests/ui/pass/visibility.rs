#![deny(warnings, missing_docs, unreachable_pub)]
//! What is generated is as visible as the struct.

mod inner {
    use oauth_runtime::oauth_provider;

    #[oauth_provider(
        authorization_endpoint = "https://{domain}/authorize",
        token_endpoint = "https://{domain}/token",
        scopes(Read = "read"),
        token_response { company: u64 },
    )]
    pub(super) struct Restricted {
        domain: oauth_runtime::Host,
    }

    #[oauth_provider(
        authorization_endpoint = "https://acme.example/authorize",
        token_endpoint = "https://acme.example/token",
        offline(always)
    )]
    pub(crate) struct Crate {}

    pub(crate) mod deeper {
        #[super::oauth_provider(
            authorization_endpoint = "https://{domain}/authorize",
            token_endpoint = "https://{domain}/token",
            scopes(Read = "read"),
            token_response { company: u64 },
        )]
        pub(in crate::inner) struct InPath {
            domain: oauth_runtime::Host,
        }

        #[super::oauth_provider(
            authorization_endpoint = "https://{domain}/authorize",
            token_endpoint = "https://{domain}/token",
            scopes(Read = "read")
        )]
        pub(self) struct Private {
            domain: oauth_runtime::Host,
        }

        pub(crate) fn private() -> bool {
            Private::new("acme.example").is_ok()
        }
    }

    pub(crate) fn in_path() -> bool {
        let _company = |response: deeper::InPathTokenResponse| response.company;
        let _scope = deeper::InPathScope::Read;
        deeper::InPath::new("acme.example").is_ok()
    }
}

fn main() {
    assert!(inner::Restricted::new("acme.example").is_ok());
    assert_eq!(inner::RestrictedScope::Read.as_str(), "read");
    let _ = inner::Crate {};
    assert!(inner::in_path() && inner::deeper::private());
}
