//! What an application, or a declaration, may add to an authorization request.

use std::borrow::Cow;

use oauth_declaration::PROTOCOL_PARAMETERS;

use crate::encoding::query_value;

/// Further parameters of a login: `login_hint`, `prompt`, and the provider's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct LoginOptions {
    params: Vec<(String, String)>,
}

impl LoginOptions {
    /// Adds a parameter, or replaces the one of that name.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<(), ReservedParameter> {
        if PROTOCOL_PARAMETERS.contains(&name) {
            return Err(ReservedParameter::new(name));
        }
        self.params.retain(|(known, _)| known != name);
        self.params.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    /// Adds a parameter that may stand there more than once.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.params.push((name.to_owned(), value.to_owned()));
    }

    /// The value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether a parameter of that name is there.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.params.iter().any(|(known, _)| known == name)
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.params.is_empty()
    }

    /// These parameters, with others in place of those of the same names.
    pub(crate) fn overridden_by(&self, others: &Self) -> Self {
        let overridden = |name: &String| others.params.iter().any(|(known, _)| known == name);
        let kept = self.params.iter().filter(|(name, _)| !overridden(name));
        Self { params: kept.chain(&others.params).cloned().collect() }
    }

    /// A URL that has a query, with these parameters at its end.
    pub(crate) fn appended_to(&self, mut url: String) -> String {
        for (name, value) in &self.params {
            url.push('&');
            url.push_str(&query_value(name));
            url.push('=');
            url.push_str(&query_value(value));
        }
        url
    }
}

/// What the provider should show the user (OpenID Connect Core s3.1.2.1, and `create` of Initiating User Registration).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Prompt {
    /// Ask the user to agree, also if they have before.
    Consent,
    /// Have the user make an account.
    Create,
    /// Have the user prove who they are, also if they are logged in there.
    Login,
    /// Show nothing: the login succeeds at once, or fails with `login_required` and the like.
    None,
    /// Ask the user which of their accounts they mean.
    SelectAccount,
    #[doc(hidden)]
    Custom(Cow<'static, str>),
}

impl Prompt {
    /// A prompt of the provider's own, or several separated by spaces.
    #[must_use]
    pub fn custom(value: impl Into<Cow<'static, str>>) -> Self {
        Self::Custom(value.into())
    }

    /// The value on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Consent => "consent",
            Self::Create => "create",
            Self::Login => "login",
            Self::None => "none",
            Self::SelectAccount => "select_account",
            Self::Custom(value) => value,
        }
    }
}

/// A parameter that belongs to the protocol: only the library sets it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{name}` belongs to the protocol; the library sets it")]
pub struct ReservedParameter {
    name: String,
}

impl ReservedParameter {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_stands_once_and_the_later_one_wins() {
        let mut declared = LoginOptions::default();
        declared.set("prompt", "consent").unwrap();
        declared.set("access_type", "offline").unwrap();
        let mut own = LoginOptions::default();
        own.set("prompt", "select_account").unwrap();

        let url = declared.overridden_by(&own).appended_to("https://a/?x=1".to_owned());

        assert_eq!(url, "https://a/?x=1&access_type=offline&prompt=select_account");
    }

    #[test]
    fn st_12_what_belongs_to_the_protocol_cannot_be_set() {
        for name in PROTOCOL_PARAMETERS {
            assert!(LoginOptions::default().set(name, "evil").is_err(), "{name}");
        }
    }
}
