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
    /// An entry of the attribute was lost whose key nobody knows.
    pub(crate) lost: bool,
}

impl Notes {
    pub(crate) fn new() -> Self {
        Self {
            diagnostics: Diagnostics::new(),
            spans: Spans::default(),
            unread: Vec::new(),
            lost: false,
        }
    }

    /// Takes note of a value that could not be read, so that nobody is told of it twice.
    pub(crate) fn unread(&mut self, place: Place) {
        self.unread.push(place);
    }

    /// Takes note of an entry whose key could not be read: whatever `owner` lacks may be it.
    pub(crate) fn lost(&mut self, owner: Option<&Place>) {
        match owner {
            Some(owner) => self.unread(owner.clone()),
            None => self.lost = true,
        }
    }

    /// Whether a value is known to be missing for no other reason than that it could not be read.
    pub(crate) fn is_unread(&self, key: &str) -> bool {
        self.lost || self.unread.contains(&Place::of(key.to_owned()))
    }

    /// Every place that could not be read, as its path.
    pub(crate) fn all_unread(&self) -> Vec<String> {
        self.unread.iter().map(Place::to_string).collect()
    }

    /// Takes note of what was left in brackets at the end of an attribute, unless a mistake left it there.
    pub(crate) fn left(&mut self, parsed: syn::Result<()>) {
        if let Err(error) = parsed
            && self.diagnostics.len() == 0
        {
            let message = "nothing is expected here; remove this";
            self.diagnostics.push(syn::Error::new(error.span(), message));
        }
    }

    /// Takes note of a mistake of the declaration, where it stands; of something missing, at `item`.
    pub(crate) fn mistake(&mut self, mistake: &Mistake, item: Span) {
        let span = self.spans.of(mistake.place()).unwrap_or(item);
        self.diagnostics.push(syn::Error::new(span, mistake.message()));
    }
}
