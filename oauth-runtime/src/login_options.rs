//! What an application, or a declaration, may add to an authorization request.

use oauth_declaration::PROTOCOL_PARAMETERS;

use crate::encoding::form_value;

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
            url.push_str(&form_value(name));
            url.push('=');
            url.push_str(&form_value(value));
        }
        url
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
