//! Scopes: what an access token may do ([RFC 6749 s3.3]).
//!
//! [RFC 6749 s3.3]: https://www.rfc-editor.org/rfc/rfc6749#section-3.3

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// One scope, as it stands on the wire: `user:email`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Scope(Cow<'static, str>);

impl Scope {
    /// Takes over a value; whether it is well formed is said by `build()`.
    pub fn new(value: impl Into<Cow<'static, str>>) -> Self {
        Self(value.into())
    }

    /// The value on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`
    pub(crate) fn is_well_formed(&self) -> bool {
        !self.0.is_empty()
            && self.0.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A set of scopes, in the order in which they were named.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Reads a `scope` value of a token response: names separated by spaces, or by commas as some providers
    /// do it.
    #[must_use]
    pub fn parse(value: &str) -> Self {
        named(value.split([' ', ','])).collect()
    }

    /// Reads what stands in a record of ours: names separated by spaces, each once. A name may hold a comma.
    pub(crate) fn from_record(value: &str) -> Self {
        Self(named(value.split(' ')).collect())
    }

    /// Adds a scope unless it is there.
    pub fn insert(&mut self, scope: Scope) {
        if !self.0.contains(&scope) {
            self.0.push(scope);
        }
    }

    /// Whether the scope is among them.
    #[must_use]
    pub fn contains(&self, scope: &str) -> bool {
        self.iter().any(|known| known.as_str() == scope)
    }

    /// The scopes, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Scope> {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names with a separator between them.
    #[must_use]
    pub fn join(&self, separator: &str) -> String {
        let names: Vec<&str> = self.iter().map(Scope::as_str).collect();
        names.join(separator)
    }
}

fn named<'a>(names: impl Iterator<Item = &'a str>) -> impl Iterator<Item = Scope> {
    names.filter(|name| !name.is_empty()).map(|name| Scope::new(name.to_owned()))
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let mut set = Self::default();
        let mut seen = HashSet::new();
        for scope in scopes {
            if set.0.len() < FEW {
                set.insert(scope);
                continue;
            }
            // A provider may name any number of them: beyond a few they are looked for in one step.
            if seen.is_empty() {
                seen.extend(set.0.iter().cloned());
            }
            if seen.insert(scope.clone()) {
                set.0.push(scope);
            }
        }
        set
    }
}

/// As many as an application asks for.
const FEW: usize = 16;

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_whatever_separates_them() {
        let spaces = Scopes::parse("repo user:email");

        assert_eq!(spaces, Scopes::parse("repo,user:email"));
        assert_eq!(spaces, Scopes::parse(" repo,, user:email repo "));
        assert_eq!(spaces.to_string(), "repo user:email");
    }

    #[test]
    fn of_any_number_of_scopes_each_is_kept_once_in_its_order() {
        for count in [1, FEW - 1, FEW, FEW + 1, 100] {
            let names: Vec<String> = (0..count).map(|index| format!("scope{index}")).collect();
            let thrice = [names.join(" "), names.join(","), names.join(" ")].join(" ");

            assert_eq!(Scopes::parse(&thrice).to_string(), names.join(" "));
        }
    }

    #[test]
    fn a_scope_holds_no_space_and_no_quote() {
        let well_formed = |value: &'static str| Scope::new(value).is_well_formed();

        assert!(well_formed("https://www.googleapis.com/auth/drive.file"));
        for value in ["", "a b", "a\"b", "a\\b", "ä", "a\n"] {
            assert!(!well_formed(value), "{value:?}");
        }
    }
}
