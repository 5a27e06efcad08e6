//! What a server says when it refuses ([RFC 6749 s4.1.2.1] and [s5.2]).
//!
//! [RFC 6749 s4.1.2.1]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
//! [s5.2]: https://www.rfc-editor.org/rfc/rfc6749#section-5.2

use std::fmt;

/// The `error` of a server, with the words it gave for it.
///
/// `Display` and `Debug` show the code alone: what a server puts into its words is its own affair, and some repeat
/// the request, secrets included.
#[derive(Clone, Eq, PartialEq)]
pub struct ErrorResponse {
    code: ErrorCode,
    description: Option<String>,
}

impl ErrorResponse {
    /// Control characters are dropped, and what is longer than a sentence is cut: the words come from the
    /// network, and end in logs.
    pub(crate) fn new(code: &str, description: Option<&str>) -> Self {
        Self {
            code: ErrorCode::parse(&printable(code, 64)),
            description: description
                .map(|words| printable(words, 256))
                .filter(|words| !words.is_empty()),
        }
    }

    /// REQUIRED. The code.
    #[must_use]
    pub fn code(&self) -> &ErrorCode {
        &self.code
    }

    /// OPTIONAL. The server's words, for a developer.
    ///
    /// # Security
    ///
    /// Escape them before they are shown, and think before they are logged.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }
}

impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.code)
    }
}

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse").field("code", &self.code).finish_non_exhaustive()
    }
}

/// The code of an [`ErrorResponse`].
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ErrorCode {
    /// The user, or the server for them, said no.
    AccessDenied,
    /// The client could not prove itself.
    InvalidClient,
    /// The code or the refresh token is not, or no longer, good.
    InvalidGrant,
    /// The request lacks something or holds something twice.
    InvalidRequest,
    /// A scope is unknown, malformed, or more than may be asked for.
    InvalidScope,
    /// The server met a condition it did not expect.
    ServerError,
    /// The server is overloaded or under maintenance.
    TemporarilyUnavailable,
    /// The client may not do this.
    UnauthorizedClient,
    /// The server does not know this `grant_type`.
    UnsupportedGrantType,
    /// The server does not know this `response_type`.
    UnsupportedResponseType,
    /// A code of another standard, or of this provider alone.
    Extension(String),
}

impl ErrorCode {
    fn parse(code: &str) -> Self {
        KNOWN
            .iter()
            .find(|(name, _)| *name == code)
            .map_or_else(|| Self::Extension(code.to_owned()), |(_, known)| known.clone())
    }

    /// The code on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Extension(code) => code,
            known => KNOWN.iter().find(|(_, code)| code == known).map_or("", |(name, _)| name),
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

const KNOWN: [(&str, ErrorCode); 10] = [
    ("access_denied", ErrorCode::AccessDenied),
    ("invalid_client", ErrorCode::InvalidClient),
    ("invalid_grant", ErrorCode::InvalidGrant),
    ("invalid_request", ErrorCode::InvalidRequest),
    ("invalid_scope", ErrorCode::InvalidScope),
    ("server_error", ErrorCode::ServerError),
    ("temporarily_unavailable", ErrorCode::TemporarilyUnavailable),
    ("unauthorized_client", ErrorCode::UnauthorizedClient),
    ("unsupported_grant_type", ErrorCode::UnsupportedGrantType),
    ("unsupported_response_type", ErrorCode::UnsupportedResponseType),
];

/// The printable characters of a text, at most so many. Characters that turn the direction of writing are
/// not printable here: they make a log line read as what it is not.
fn printable(text: &str, most: usize) -> String {
    let turns_direction = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !c.is_control() && !turns_direction(*c)).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_or_kept() {
        assert_eq!(ErrorResponse::new("access_denied", None).code(), &ErrorCode::AccessDenied);
        assert_eq!(
            ErrorResponse::new("bad_verification_code", None).code(),
            &ErrorCode::Extension("bad_verification_code".to_owned())
        );
        for (name, code) in KNOWN {
            assert_eq!(code.as_str(), name);
        }
    }

    #[test]
    fn te_11_words_are_not_shown_unasked() {
        let error = ErrorResponse::new("invalid_client", Some("the secret canary is wrong"));

        assert_eq!(format!("{error}"), "`invalid_client`");
        assert!(!format!("{error:?}").contains("canary"));
        assert_eq!(error.description(), Some("the secret canary is wrong"));
    }

    #[test]
    fn words_from_the_network_are_bounded_and_printable() {
        let words = format!("a\r\nb\u{202e}c\0{}", "x".repeat(10_000));
        let error = ErrorResponse::new(&words, Some(&words));

        assert!(error.description().unwrap().starts_with("abcx"));
        assert_eq!(error.description().unwrap().chars().count(), 256);
        assert_eq!(error.code().as_str().chars().count(), 64);
    }
}
