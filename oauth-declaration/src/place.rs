//! Where in a declaration something stands.

use std::borrow::Cow;
use std::fmt;

use crate::text::Text;

/// A piece of a declaration: `token_endpoint`, `scopes[1].value`, `dialect.error_when.at`.
///
/// It is shown as the path that leads there in a TOML or JSON file. The name of an entry and its value are
/// two places that are shown alike, and so is what the value names: an attribute points to the one or the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    steps: Vec<Step>,
    part: Part,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Key(Text),
    Element(usize),
    Entry(usize, Text),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Key,
    Value,
    Member,
}

impl Place {
    /// The value of a key of the declaration.
    pub fn of(key: impl Into<Text>) -> Self {
        Self { steps: vec![Step::Key(key.into())], part: Part::Value }
    }

    /// The value of a key inside: `profile` leads to `profile.subject`.
    #[must_use]
    pub fn inside(&self, key: impl Into<Text>) -> Self {
        self.then(Step::Key(key.into()))
    }

    /// An element of a list, counted from 0: `scopes` leads to `scopes[1]`.
    #[must_use]
    pub fn element(&self, index: usize) -> Self {
        self.then(Step::Element(index))
    }

    /// The value of an entry among names and values, counted from 0: `headers` leads to `headers.Accept`.
    #[must_use]
    pub fn entry(&self, index: usize, name: &str) -> Self {
        self.then(Step::Entry(index, Cow::Owned(name.to_owned())))
    }

    /// The key, or the name of the entry, and not its value.
    #[must_use]
    pub fn key(&self) -> Self {
        Self { steps: self.steps.clone(), part: Part::Key }
    }

    /// What the value names behind its dot: `shop` in `callback.shop`.
    #[must_use]
    pub fn member(&self) -> Self {
        Self { steps: self.steps.clone(), part: Part::Member }
    }

    /// The next larger place: where to point if this one is not written.
    #[must_use]
    pub fn outer(&self) -> Option<Self> {
        let mut steps = self.steps.clone();
        let part = match self.part {
            Part::Member => Part::Value,
            Part::Value => Part::Key,
            Part::Key => {
                steps.pop();
                Part::Key
            }
        };
        (!steps.is_empty()).then_some(Self { steps, part })
    }

    fn then(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { steps, part: Part::Value }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.steps.iter().enumerate() {
            let dot = if i == 0 { "" } else { "." };
            match step {
                Step::Key(key) => write!(f, "{dot}{key}")?,
                Step::Element(index) => write!(f, "[{index}]")?,
                Step::Entry(_, name) if is_bare(name) => write!(f, "{dot}{name}")?,
                Step::Entry(_, name) => write!(f, "{dot}{name:?}")?,
            }
        }
        Ok(())
    }
}

/// Whether TOML takes a name without quotes.
fn is_bare(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !name.is_empty() && name.bytes().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_shown_as_its_path() {
        let dialect = Place::of("dialect");

        for (place, shown) in [
            (dialect.inside("error_when").inside("at"), "dialect.error_when.at"),
            (Place::of("scopes").element(1).inside("value"), "scopes[1].value"),
            (Place::of("headers").entry(0, "X-Api").key(), "headers.X-Api"),
            (dialect.inside("refresh_params").entry(2, "a b"), "dialect.refresh_params.\"a b\""),
        ] {
            assert_eq!(place.to_string(), shown);
        }
    }

    #[test]
    fn a_place_leads_outwards() {
        let mut place = Place::of("profile").inside("subject");
        let mut seen = vec![place.clone()];
        while let Some(outer) = place.outer() {
            seen.push(outer.clone());
            place = outer;
        }

        let profile = Place::of("profile");
        let subject = profile.inside("subject");
        assert_eq!(seen, [subject.clone(), subject.key(), profile.key()]);
        assert_eq!(subject.member().outer(), Some(subject));
    }
}
