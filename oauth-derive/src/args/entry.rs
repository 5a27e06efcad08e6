//! One entry among others, known by its key: `key = value`, `key(…)`, `key`.

use oauth_declaration::{Place, sentence};
use proc_macro2::{Ident, Span};
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

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
    ) -> syn::Result<Self> {
        if !input.peek(Ident::peek_any) {
            let message = format!("expected a key, as in `{example}`");
            return Err(syn::Error::new(input.span(), message));
        }
        let key = input.call(Ident::parse_any)?;
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
        if input.is_empty() || input.peek(Token![,]) {
            return self.key.span();
        }
        input.span()
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

fn place(owner: Option<&Place>, key: String) -> Place {
    match owner {
        Some(owner) => owner.inside(key),
        None => Place::of(key),
    }
}
