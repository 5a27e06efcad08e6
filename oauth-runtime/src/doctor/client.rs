//! The shape of an identifier and a secret: what they are when somebody has copied them wrong.

use crate::credentials::ClientAuthentication;
use crate::doctor::diagnosis::{Finding, Subject};
use crate::registration::Registration;

/// What is wrong with the client's identifier; nothing, if it may be one.
pub(super) fn client_id(client_id: &str) -> Option<Finding> {
    let fault = fault(client_id)?;
    Some(Finding::wrong(Subject::ClientId, format!("it {fault}; copy it from the console again")))
}

/// How the client proves itself, and what is wrong with the secret that it does it with.
pub(super) fn client_secret(of: &Registration) -> Option<Finding> {
    if let ClientAuthentication::None = of.authentication {
        return Some(Finding::good(
            Subject::ClientSecret,
            "none is needed: the client proves itself by PKCE".to_owned(),
        ));
    }
    let secret = match of.authentication.shared_secret() {
        Ok(Some(secret)) => secret,
        Ok(None) => {
            let words = "a key of the client signs in place of a secret".to_owned();
            return Some(Finding::good(Subject::ClientSecret, words));
        }
        Err(error) => {
            let words = format!("it cannot be read: {error}");
            return Some(Finding::wrong(Subject::ClientSecret, words));
        }
    };
    let secret = secret.expose();
    let fault = match fault(secret) {
        None if secret == of.client_id => Some("is the client identifier"),
        None if secret.len() < FEWEST_LETTERS => Some("is very short"),
        fault => fault,
    };
    Some(match fault {
        Some(fault) => Finding::wrong(
            Subject::ClientSecret,
            format!("it {fault}; copy it from the console again"),
        ),
        None => Finding::good(
            Subject::ClientSecret,
            format!(
                "it looks like one, and travels as `{}`",
                of.declaration.token_endpoint_auth_method.as_str()
            ),
        ),
    })
}

/// What a copied value looks like when it was not copied well, as the rest of a sentence.
fn fault(value: &str) -> Option<&'static str> {
    let lower = value.to_ascii_lowercase();
    let is_quoted = |quote| value.len() > 1 && value.starts_with(quote) && value.ends_with(quote);
    if value.trim() != value {
        Some("begins or ends with white space")
    } else if is_quoted('"') || is_quoted('\'') {
        Some("stands in quotes")
    } else if value.contains(char::is_whitespace) {
        Some("holds white space")
    } else if value.starts_with('$') || value.starts_with('<') || value.contains('…') {
        Some("is a place to be filled in")
    } else if PLACEHOLDERS.iter().any(|word| lower.contains(word)) {
        Some("is an example's")
    } else if lower.contains("://") {
        Some("is a URL")
    } else {
        None
    }
}

/// What examples and forms are filled with.
const PLACEHOLDERS: [&str; 7] =
    ["changeme", "change_me", "your-", "your_", "xxxx", "client_id", "client_secret"];

/// No provider gives out a shorter one.
const FEWEST_LETTERS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_copied_wrong_is_seen() {
        for (value, expected) in [
            ("abc \n", "begins or ends with white space"),
            ("\"abc\"", "stands in quotes"),
            ("'abc'", "stands in quotes"),
            ("ab c", "holds white space"),
            ("$GITHUB_CLIENT_ID", "is a place to be filled in"),
            ("<client>", "is a place to be filled in"),
            ("abc…", "is a place to be filled in"),
            ("ChangeMe", "is an example's"),
            ("your-client-id", "is an example's"),
            ("https://github.com/settings", "is a URL"),
        ] {
            assert_eq!(fault(value), Some(expected), "{value}");
        }
        for value in ["Ov23liA1b2C3d4E5f6G7", "1234.apps.googleusercontent.com", "a\"b", "\"", ""] {
            assert_eq!(fault(value), None, "{value}");
        }
    }
}
