//! The entries of one pair of parentheses, each with a key: `key = value`, `key(…)`, `key`.

use oauth_declaration::{Place, sentence};
use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use crate::args::list;
use crate::diag;
use crate::notes::Notes;

/// A key that was read, and the place of its value.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    pub(crate) place: Place,
    owner: Option<Place>,
}

/// Reads entries up to the end of `input`; `example` is shown where no key stands.
pub(crate) fn entries(
    owner: Option<&Place>,
    input: ParseStream,
    notes: &mut Notes,
    example: &str,
    mut read: impl FnMut(&Entry, ParseStream, &mut Notes) -> syn::Result<()>,
) {
    let mut written = Vec::new();
    list::elements(input, notes, |input, notes| {
        let entry = next(owner, input, &mut written, example)?;
        let before = notes.diagnostics.len();
        notes.spans.put(entry.place.key(), entry.key.span());
        let result = read(&entry, input, notes);
        if result.is_err() || notes.diagnostics.len() > before {
            notes.unread(entry.place.clone());
        }
        result
    });
}

/// The next key, which may be a keyword of Rust (`crate`) and must not stand there yet.
fn next(
    owner: Option<&Place>,
    input: ParseStream,
    written: &mut Vec<Ident>,
    example: &str,
) -> syn::Result<Entry> {
    if !input.peek(Ident::peek_any) {
        let message = format!("expected a key, as in `{example}`");
        return Err(syn::Error::new(input.span(), message));
    }
    let key = input.call(Ident::parse_any)?;
    if written.contains(&key) {
        return Err(diag::doubled(key.span(), &key.to_string()));
    }
    written.push(key.clone());
    Ok(Entry { place: place(owner, key.to_string()), key, owner: owner.cloned() })
}

fn place(owner: Option<&Place>, key: String) -> Place {
    match owner {
        Some(owner) => owner.inside(key),
        None => Place::of(key),
    }
}

impl Entry {
    /// The key as it is spelt.
    pub(crate) fn name(&self) -> String {
        self.key.to_string()
    }

    /// The mistake of a key that is none of the `known` ones. What it was meant to be is not missing.
    pub(crate) fn unknown(
        &self,
        what: &str,
        known: &[&str],
        usual: &[&str],
        notes: &mut Notes,
    ) -> syn::Error {
        if let Some(meant) = sentence::nearest(&self.name(), known) {
            notes.unread(place(self.owner.as_ref(), meant.to_owned()));
        }
        diag::unknown(what, &self.key, known, usual)
    }
}
