//! Where the value of a parameter or header comes from, where it is no constant, and which request knows it.

use crate::sentence;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `client_id`
    ClientId,
    /// `redirect_uri`
    RedirectUri,
    /// `scope`
    Scope,
    /// `state`
    State,
    /// `callback.name`
    Callback,
    /// `token_response.name`
    TokenResponse,
}

/// What a token request knows.
pub const OF_A_TOKEN_REQUEST: &[Source] =
    &[Source::ClientId, Source::RedirectUri, Source::Scope, Source::State, Source::Callback];

/// What a call of the API knows.
pub const OF_A_USERINFO_REQUEST: &[Source] =
    &[Source::ClientId, Source::Callback, Source::TokenResponse];

/// What every request knows.
pub const OF_A_HEADER: &[Source] = &[Source::ClientId];

impl Source {
    /// Its word, without the name behind it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ClientId => "client_id",
            Self::RedirectUri => "redirect_uri",
            Self::Scope => "scope",
            Self::State => "state",
            Self::Callback => "callback",
            Self::TokenResponse => "token_response",
        }
    }

    /// The word as a sentence shows it.
    pub(crate) fn spelt(self) -> &'static str {
        match self {
            Self::Callback => "callback.…",
            Self::TokenResponse => "token_response.…",
            other => other.word(),
        }
    }
}

/// A word that is none of `sources`: with the nearest one, else with all of them.
#[must_use]
pub fn unknown(key: &str, word: &str, sources: &[Source]) -> String {
    let known: Vec<&str> = sources.iter().map(|source| source.word()).collect();
    sentence::unknown_source(key, word, &known, &one_of(sources))
}

/// The sources as a sentence lists them.
pub(crate) fn one_of(sources: &[Source]) -> String {
    let spelt: Vec<String> = sources.iter().map(|source| format!("`{}`", source.spelt())).collect();
    match spelt.as_slice() {
        [only] => format!("a string or {only}"),
        several => format!("a string or one of {}", several.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strange_source_names_those_that_the_key_takes() {
        assert_eq!(
            unknown("userinfo_params", "nonce", OF_A_USERINFO_REQUEST),
            "unknown `userinfo_params` value `nonce`, expected a string or one of `client_id`, `callback.…`, `token_response.…`"
        );
        assert_eq!(
            unknown("headers", "json", OF_A_HEADER),
            "unknown `headers` value `json`, expected a string or `client_id`"
        );
        assert_eq!(
            unknown("token_params", "callbck", OF_A_TOKEN_REQUEST),
            "unknown `token_params` value `callbck`; did you mean `callback`?"
        );
    }

    #[test]
    fn a_long_word_leaves_room_for_the_others() {
        let sentence = unknown("refresh_params", &"long".repeat(20), OF_A_TOKEN_REQUEST);

        assert!(sentence.chars().count() <= 140, "{sentence}");
    }
}
