//! The keys that were written in one pair of parentheses.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use crate::diag;

/// Each key once, also one whose value could not be read.
#[derive(Default)]
pub(crate) struct Keys {
    written: Vec<Ident>,
    /// What the misspelt ones were meant to be, so that nobody is told twice.
    meant: Vec<&'static str>,
}

impl Keys {
    /// Reads the next key, which may be a keyword of Rust (`crate`) and must not stand there yet.
    pub(crate) fn read(&mut self, input: ParseStream, example: &str) -> syn::Result<Ident> {
        if !input.peek(Ident::peek_any) {
            let message = format!("expected a key, as in `{example}`");
            return Err(syn::Error::new(input.span(), message));
        }
        let key = input.call(Ident::parse_any)?;
        if self.written.contains(&key) {
            return Err(diag::doubled(key.span(), &key.to_string()));
        }
        self.written.push(key.clone());
        Ok(key)
    }

    /// The mistake of a `key` that is none of the `known` ones.
    pub(crate) fn unknown(
        &mut self,
        what: &str,
        key: &Ident,
        known: &[&'static str],
        usual: &[&str],
    ) -> syn::Error {
        self.meant.extend(diag::nearest(&key.to_string(), known));
        diag::unknown(what, key, known, usual)
    }

    /// Whether `key` stands there, with a good value or a bad one, or misspelt.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.written.iter().any(|written| written == key) || self.meant.contains(&key)
    }
}
