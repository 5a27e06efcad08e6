//! The endpoints of a provider, by their names.

use oauth_providers::Endpoint;

/// An endpoint, the word for it on the command line and in the log, and what a person reads before its address. In the order
/// in which somebody who configures an application meets them.
pub(crate) const ENDPOINTS: &[(Endpoint, &str, &str)] = &[
    (Endpoint::Metadata, "metadata", "discovery"),
    (Endpoint::Authorization, "authorization", "authorization endpoint"),
    (Endpoint::PushedAuthorization, "pushed-authorization", "pushed authorization endpoint"),
    (Endpoint::Token, "token", "token endpoint"),
    (Endpoint::Refresh, "refresh", "refresh endpoint"),
    (Endpoint::Revocation, "revocation", "revocation endpoint"),
    (Endpoint::UserInfo, "userinfo", "userinfo endpoint"),
    (Endpoint::Emails, "emails", "e-mail endpoint"),
    (Endpoint::Jwks, "jwks", "keys (jwks_uri)"),
    (Endpoint::EndSession, "end-session", "end session endpoint"),
    (Endpoint::Api, "api", "API base"),
];

/// The word for an endpoint.
pub(crate) fn word(endpoint: Endpoint) -> &'static str {
    let found = ENDPOINTS.iter().find(|(known, ..)| *known == endpoint);
    found.map_or("unknown", |(_, word, _)| word)
}

/// The endpoint of a word.
pub(crate) fn named(word: &str) -> Result<Endpoint, String> {
    let found = ENDPOINTS.iter().find(|(_, known, _)| *known == word);
    found.map(|(endpoint, ..)| *endpoint).ok_or_else(|| {
        let known: Vec<_> = ENDPOINTS.iter().map(|(_, word, _)| *word).collect();
        format!("`{word}` is no endpoint; expected one of {}", known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_found_by_its_word() {
        for (endpoint, known, _) in ENDPOINTS {
            assert_eq!(named(known), Ok(*endpoint));
            assert_eq!(word(*endpoint), *known);
        }
        assert!(named("tokens").unwrap_err().contains("expected one of metadata, authorization"));
    }
}
