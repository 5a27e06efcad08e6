//! Where the pieces of a declaration stand in the source.

use std::collections::HashMap;

use oauth_declaration::Place;
use proc_macro2::Span;

/// The span of each place that is written.
#[derive(Default)]
pub(crate) struct Spans(HashMap<Place, Span>);

impl Spans {
    pub(crate) fn put(&mut self, place: Place, span: Span) {
        self.0.insert(place, span);
    }

    /// Where a place stands; of one that is not written, the next larger one that is.
    pub(crate) fn of(&self, place: &Place) -> Option<Span> {
        match self.0.get(place) {
            Some(span) => Some(*span),
            None => self.of(&place.outer()?),
        }
    }
}
