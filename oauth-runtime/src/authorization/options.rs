//! What an application may add to one authorization request.

/// Further parameters of a login: `login_hint`, `prompt`, and the provider's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct LoginOptions {
    params: Vec<(String, String)>,
}

impl LoginOptions {
    /// Adds a parameter, or replaces the one of that name.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<(), OwnedParameter> {
        if OWNED.contains(&name) {
            return Err(OwnedParameter { name: name.to_owned() });
        }
        self.params.retain(|(known, _)| known != name);
        self.params.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.params.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A parameter that belongs to the protocol: only the library sets it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{name}` belongs to the protocol; the library sets it")]
pub struct OwnedParameter {
    name: String,
}

/// What the library sets itself, or what would replace what it sets.
const OWNED: [&str; 13] = [
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "nonce",
    "redirect_uri",
    "request",
    "request_uri",
    "response_mode",
    "response_type",
    "scope",
    "state",
];
