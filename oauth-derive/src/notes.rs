//! What is taken down while an attribute is read: where things stand, and what is wrong with them.

use oauth_declaration::{Mistake, Place};
use proc_macro2::Span;

use crate::diag::Diagnostics;
use crate::spans::Spans;

/// The notes on one attribute.
pub(crate) struct Notes {
    pub(crate) diagnostics: Diagnostics,
    pub(crate) spans: Spans,
    /// The places that were written, also misspelt, and whose value could not be read.
    unread: Vec<Place>,
}

impl Notes {
    pub(crate) fn new() -> Self {
        Self { diagnostics: Diagnostics::new(), spans: Spans::default(), unread: Vec::new() }
    }

    /// Takes note of a value that could not be read, so that nobody is told of it twice.
    pub(crate) fn unread(&mut self, place: Place) {
        self.unread.push(place);
    }

    /// Whether a value is known to be missing for no other reason than that it could not be read.
    pub(crate) fn is_unread(&self, key: &str) -> bool {
        self.unread.contains(&Place::of(key.to_owned()))
    }

    /// Every place that could not be read, as its path.
    pub(crate) fn all_unread(&self) -> Vec<String> {
        self.unread.iter().map(Place::to_string).collect()
    }

    /// Takes note of a mistake of the declaration, where it stands; of something missing, at `item`.
    pub(crate) fn mistake(&mut self, mistake: &Mistake, item: Span) {
        let span = self.spans.of(mistake.place()).unwrap_or(item);
        self.diagnostics.push(syn::Error::new(span, mistake.message()));
    }
}
