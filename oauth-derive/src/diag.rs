//! What the attribute says when it says no: the mistakes gathered, and the common sentences at their spans. The wording
//! stands in `oauth_declaration::sentence`, since what is declared at run time is told the same.

use std::thread;

use oauth_declaration::sentence;
use proc_macro2::{Ident, Span};

/// The mistakes of one attribute, gathered so that one build shows them all.
///
/// Dropping it unread is a bug of this crate, and panics.
pub(crate) struct Diagnostics {
    errors: Vec<syn::Error>,
    read: bool,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { errors: Vec::new(), read: false }
    }

    /// Takes note of a mistake.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// How many mistakes there are so far.
    pub(crate) fn len(&self) -> usize {
        self.errors.len()
    }

    /// The value, or a mistake noted.
    pub(crate) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// `value` if there was no mistake, else all mistakes as one error.
    pub(crate) fn finish<T>(mut self, value: T) -> syn::Result<T> {
        self.read = true;
        let mistakes = std::mem::take(&mut self.errors).into_iter();
        match mistakes.reduce(|mut all, error| {
            all.combine(error);
            all
        }) {
            Some(all) => Err(all),
            None => Ok(value),
        }
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        assert!(self.read || thread::panicking(), "mistakes were gathered and never shown");
    }
}

/// A word that is not in the vocabulary: with the nearest known one, else with the `usual` ones.
pub(crate) fn unknown(what: &str, word: &Ident, known: &[&str], usual: &[&str]) -> syn::Error {
    syn::Error::new(word.span(), sentence::unknown(what, &word.to_string(), known, usual))
}

/// A key that stands there a second time.
pub(crate) fn doubled(span: Span, name: &str) -> syn::Error {
    syn::Error::new(span, sentence::doubled(name))
}

/// A key that must be there and is not.
pub(crate) fn missing(span: Span, key: &str, why: &str) -> syn::Error {
    syn::Error::new(span, sentence::missing(key, why))
}

/// A value of another kind than the key takes.
pub(crate) fn wrong_kind(span: Span, key: &str, kind: &str, form: &str) -> syn::Error {
    syn::Error::new(span, format!("`{key}` expects {kind}, as in `{form}`"))
}

/// A list without elements.
pub(crate) fn empty(span: Span, key: &str) -> syn::Error {
    syn::Error::new(span, sentence::empty(key))
}

/// What belongs to the application and never stands in a source.
pub(crate) fn of_the_application(word: &Ident) -> syn::Error {
    let message = format!(
        "`{word}` is the application's, never the declaration's; pass it to `.{word}(…)` of the builder"
    );
    syn::Error::new(word.span(), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_are_kept() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(doubled(Span::call_site(), "pkce"));
        diagnostics.push(empty(Span::call_site(), "scopes"));

        let error = diagnostics.finish(()).unwrap_err();

        assert_eq!(error.into_iter().count(), 2);
    }

    #[test]
    #[should_panic(expected = "never shown")]
    fn unread_mistakes_panic() {
        drop(Diagnostics::new());
    }
}
