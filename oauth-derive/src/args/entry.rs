//! One entry among others, known by its key: `key = value`, `key(…)`, `key`.

use oauth_declaration::{Place, sentence};
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Path, Token};

use crate::args::ahead;
use crate::diag;
use crate::notes::Notes;

/// A key that was read, and the place of its value.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    pub(crate) place: Place,
    owner: Option<Place>,
}

impl Entry {
    /// Reads a key, which may be a keyword of Rust (`crate`) and is none of those `written`.
    pub(crate) fn read(
        owner: Option<&Place>,
        input: ParseStream,
        written: &mut Vec<Ident>,
        example: &str,
        notes: &mut Notes,
    ) -> syn::Result<Self> {
        let span = input.span();
        let Some(key) = key(input, notes) else {
            notes.lost(owner);
            return Err(syn::Error::new(span, format!("expected a key, as in `{example}`")));
        };
        if written.contains(&key) {
            return Err(diag::doubled(key.span(), &key.to_string()));
        }
        written.push(key.clone());
        Ok(Self { place: place(owner, key.to_string()), key, owner: owner.cloned() })
    }

    /// The key as it is spelt.
    pub(crate) fn name(&self) -> String {
        self.key.to_string()
    }

    /// Where its value should stand: the next token, or the key if there is none.
    pub(crate) fn guilty(&self, input: ParseStream) -> Span {
        ahead::guilty(input, self.key.span())
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

/// Reads a key. One that is quoted, or that has a path, is plain enough: the mistake is noted, and its value is read.
fn key(input: ParseStream, notes: &mut Notes) -> Option<Ident> {
    if input.peek(LitStr) && ahead::begins(input) {
        let literal: LitStr = input.parse().ok()?;
        let key = literal.parse_with(Ident::parse_any).ok()?;
        let message =
            format!("`{}` is a key; write it without quotes", sentence::short(&key.to_string()));
        notes.diagnostics.push(syn::Error::new(literal.span(), message));
        return Some(key);
    }
    if input.peek(Token![::]) || input.peek2(Token![::]) {
        let span = input.span();
        let path = input.call(Path::parse_mod_style).ok()?;
        let key = path.segments.last()?.ident.clone();
        let name = sentence::short(&key.to_string());
        notes.diagnostics.push(syn::Error::new(span, format!("a key has no path; write `{name}`")));
        return Some(key);
    }
    input.call(Ident::parse_any).ok()
}

/// The place of the value of a key.
pub(crate) fn place(owner: Option<&Place>, key: String) -> Place {
    match owner {
        Some(owner) => owner.inside(key),
        None => Place::of(key),
    }
}
