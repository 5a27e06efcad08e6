//! What the attribute says when it says no: the mistakes gathered, and the wording of the common sentences.

use std::thread;

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

    /// Whether there is no mistake so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The value, or a mistake noted.
    pub(crate) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// `value` if there was no mistake, else all mistakes as one error.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> syn::Result<T> {
        self.read = true;
        let mistakes = std::mem::take(&mut self.errors).into_iter();
        match mistakes.reduce(|mut all, error| {
            all.combine(error);
            all
        }) {
            Some(all) => Err(all),
            None => Ok(value.expect("a rule that gives no value says why")),
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
    let spelt = word.to_string();
    let message = match nearest(&spelt, known) {
        Some(near) => format!("unknown {what} `{spelt}`; did you mean `{near}`?"),
        None => format!("unknown {what} `{spelt}`, expected {}", one_of(usual)),
    };
    syn::Error::new(word.span(), message)
}

/// A key, a scope, a parameter that stands there a second time.
pub(crate) fn doubled(span: Span, name: &str) -> syn::Error {
    syn::Error::new(span, format!("`{name}` is given twice; keep one"))
}

/// A key that must be there and is not.
pub(crate) fn missing(span: Span, key: &str, why: &str) -> syn::Error {
    syn::Error::new(span, format!("missing `{key}`; {why}"))
}

/// A value of another kind than the key takes.
pub(crate) fn wrong_kind(span: Span, key: &str, kind: &str, form: &str) -> syn::Error {
    syn::Error::new(span, format!("`{key}` expects {kind}, as in `{form}`"))
}

/// A list without elements.
pub(crate) fn empty(span: Span, key: &str) -> syn::Error {
    syn::Error::new(span, format!("`{key}` is empty; remove it or fill it"))
}

/// Something that the library sends or reads itself.
pub(crate) fn owned(span: Span, name: &str) -> syn::Error {
    let message = format!("`{name}` belongs to the protocol, which sets it itself; remove it");
    syn::Error::new(span, message)
}

/// `` `a` `` or `` one of `a`, `b` ``.
fn one_of(words: &[&str]) -> String {
    let listed: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match listed.as_slice() {
        [only] => only.clone(),
        _ => format!("one of {}", listed.join(", ")),
    }
}

/// The known word that differs in at most a third of its letters.
pub(crate) fn nearest<'a>(spelt: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|word| (distance(spelt, word), *word))
        .filter(|(distance, word)| *distance <= word.len().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// How many letters one inserts, removes or replaces to get from `a` to `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Ident {
        Ident::new(text, Span::call_site())
    }

    #[test]
    fn a_misspelt_word_names_the_nearest_one() {
        let known = ["authorization_endpoint", "token_endpoint"];

        let error = unknown("key", &word("token_endpont"), &known, &known);

        assert_eq!(
            error.to_string(),
            "unknown key `token_endpont`; did you mean `token_endpoint`?"
        );
    }

    #[test]
    fn a_strange_word_names_the_usual_ones() {
        let error = unknown("key", &word("logo"), &["scopes"], &["scopes", "api_base"]);

        assert_eq!(error.to_string(), "unknown key `logo`, expected one of `scopes`, `api_base`");
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn all_mistakes_are_kept() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(doubled(Span::call_site(), "pkce"));
        diagnostics.push(empty(Span::call_site(), "scopes"));

        let error = diagnostics.finish(Some(())).unwrap_err();

        assert_eq!(error.into_iter().count(), 2);
    }

    #[test]
    #[should_panic(expected = "never shown")]
    fn unread_mistakes_panic() {
        drop(Diagnostics::new());
    }
}
