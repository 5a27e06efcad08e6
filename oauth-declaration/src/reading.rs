//! How a declaration came to be, so that a rule says no more than is wrong.

use crate::declaration::PlaceholderKind;
use crate::place::Place;

/// What an attribute knows of a declaration beside its value. One that is made at run time is whole, and has no
/// struct: that is the default.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The struct that carries the attribute: its fields are the placeholders.
    pub item: Option<String>,
    /// The struct has no fields that could be asked.
    pub no_fields: bool,
    /// The fields whose type could not be read.
    pub strange_fields: Vec<String>,
    /// The places that were written and could not be read: they are not missing.
    pub unread: Vec<String>,
    /// An entry was lost whose key nobody knows: whatever is missing may be it.
    pub lost: bool,
    /// Something could not be read, so that more may stand there than is known.
    pub partial: bool,
}

impl Reading {
    /// Whether what stands there could not be read, or something that it stands in.
    pub(crate) fn unread(&self, place: &Place) -> bool {
        let path = place.to_string();
        let covers = |unread: &String| {
            let rest = path.strip_prefix(unread.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.lost || self.unread.iter().any(covers)
    }

    /// Whether something inside could not be read.
    pub(crate) fn unread_inside(&self, place: &Place) -> bool {
        let start = format!("{place}.");
        self.unread.iter().any(|unread| unread.starts_with(&start))
    }

    /// How the reader spells a kind of placeholder: as a type, or as a word.
    pub(crate) fn kind(&self, kind: PlaceholderKind) -> &'static str {
        match self.item {
            Some(_) => kind.type_name(),
            None => kind.word(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_something_unread_is_unread() {
        let reading = Reading { unread: vec!["profile".to_owned()], ..Reading::default() };

        let profile = Place::of("profile");
        assert!(reading.unread(&profile) && reading.unread(&profile.inside("subject")));
        assert!(!reading.unread(&Place::of("profiles")) && !reading.unread(&Place::of("emails")));
    }
}
