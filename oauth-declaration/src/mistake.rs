//! What is wrong with a declaration, and where.

use std::fmt;

use crate::place::Place;
use crate::sentence;

/// One mistake of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    place: Place,
    message: String,
}

impl Mistake {
    /// The piece to change.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What is wrong with it, and what is right: one sentence in lower case, without a full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// The place and the sentence; a sentence that names its place stands alone.
impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = format!("`{}`", self.place);
        if self.message.contains(&place) {
            return f.write_str(&self.message);
        }
        write!(f, "{place}: {}", self.message)
    }
}

/// The mistakes of one declaration, gathered in the order of the rules.
#[derive(Default)]
pub(crate) struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// Takes note of a mistake.
    pub(crate) fn push(&mut self, place: Place, message: impl Into<String>) {
        self.0.push(Mistake { place, message: message.into() });
    }

    /// Takes note of what is wrong with the value of a key, as the rest of a sentence that begins with that key.
    pub(crate) fn value<T>(
        &mut self,
        place: Place,
        key: &str,
        value: Result<T, String>,
    ) -> Option<T> {
        value.map_err(|fault| self.push(place, format!("`{key}` {fault}"))).ok()
    }

    /// Something that stands there a second time.
    pub(crate) fn doubled(&mut self, place: Place, name: &str) {
        self.push(place, sentence::doubled(name));
    }

    /// Two keys that cannot both stand there: both get the sentence.
    pub(crate) fn conflict(&mut self, first: &Place, second: &Place, message: &str) {
        self.push(first.key(), message);
        self.push(second.key(), message);
    }

    pub(crate) fn into_vec(self) -> Vec<Mistake> {
        self.0
    }
}
