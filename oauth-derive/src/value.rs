//! The closed sets of words that a key takes, each word with its meaning.

use oauth_declaration::{
    ExpiresIn, Pkce, ResponseMode, RevocationRequest, TokenEndpointAuthMethod, TokenRequest,
    TokenRequestMethod, TokenResponseFormat, UserinfoRequest,
};

/// A closed set of words that a key takes.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// Each word as it is spelt, with its meaning.
    const WORDS: &'static [(&'static str, Self)];
}

impl Word for Pkce {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("required", Self::Required),
        ("optional", Self::Optional),
        ("unsupported", Self::Unsupported),
    ];
}

impl Word for TokenEndpointAuthMethod {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("client_secret_basic", Self::ClientSecretBasic),
        ("client_secret_post", Self::ClientSecretPost),
        ("none", Self::None),
        ("private_key_jwt", Self::PrivateKeyJwt),
        ("client_secret_jwt", Self::ClientSecretJwt),
    ];
}

impl Word for ResponseMode {
    const WORDS: &'static [(&'static str, Self)] =
        &[("form_post", Self::FormPost), ("query", Self::Query)];
}

impl Word for TokenRequest {
    const WORDS: &'static [(&'static str, Self)] =
        &[("json", Self::Json), ("query", Self::Query), ("form", Self::Form)];
}

impl Word for TokenRequestMethod {
    const WORDS: &'static [(&'static str, Self)] = &[("get", Self::Get), ("post", Self::Post)];
}

impl Word for TokenResponseFormat {
    const WORDS: &'static [(&'static str, Self)] =
        &[("form", Self::Form), ("text", Self::Text), ("json", Self::Json)];
}

impl Word for ExpiresIn {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("timestamp", Self::Timestamp),
        ("milliseconds", Self::Milliseconds),
        ("seconds", Self::Seconds),
    ];
}

impl Word for RevocationRequest {
    const WORDS: &'static [(&'static str, Self)] =
        &[("bearer", Self::Bearer), ("access_token", Self::AccessToken), ("token", Self::Token)];
}

impl Word for UserinfoRequest {
    const WORDS: &'static [(&'static str, Self)] =
        &[("form", Self::Form), ("post", Self::Post), ("bearer", Self::Bearer)];
}

/// A word of a set as it is spelt.
pub(crate) fn spelt<W: Word>(word: W) -> &'static str {
    let found = W::WORDS.iter().find(|(_, meaning)| *meaning == word);
    found.map_or("", |(spelt, _)| spelt)
}
