//! A key and its value: `key = "text"`, `key = word`.

use oauth_declaration::Text;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitBool, LitStr, Token};

use crate::args::entry::Entry;
use crate::diag;
use crate::notes::Notes;
use crate::value::Word;

/// Reads `= "text"`.
pub(crate) fn text(entry: &Entry, input: ParseStream, notes: &mut Notes) -> syn::Result<Text> {
    literal(entry, input, notes).map(|literal| literal.value().into())
}

/// Reads `= "text"`, and gives it as it is written.
pub(crate) fn literal(entry: &Entry, input: ParseStream, notes: &mut Notes) -> syn::Result<LitStr> {
    let form = format!("{} = \"…\"", entry.key);
    equals(entry, input, "a string", &form)?;
    if !input.peek(LitStr) {
        let span = entry.guilty(input);
        return Err(diag::wrong_kind(span, &entry.name(), "a string", &form));
    }
    let literal: LitStr = input.parse()?;
    notes.spans.put(entry.place.clone(), literal.span());
    Ok(literal)
}

/// Reads `= word`.
pub(crate) fn word<W: Word>(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<W> {
    let key = &entry.key;
    let known: Vec<&str> = W::WORDS.iter().map(|(spelt, _)| *spelt).collect();
    let form = format!("{key} = {}", known[0]);
    equals(entry, input, "a word", &form)?;
    if !input.peek(Ident::peek_any) {
        return Err(diag::wrong_kind(entry.guilty(input), &entry.name(), "a word", &form));
    }
    let given = input.call(Ident::parse_any)?;
    notes.spans.put(entry.place.clone(), given.span());
    match W::WORDS.iter().find(|(spelt, _)| given == spelt) {
        Some((_, value)) => Ok(*value),
        None => Err(diag::unknown(&format!("`{key}` value"), &given, &known, &known)),
    }
}

/// Reads a key that stands alone: no value follows it.
pub(crate) fn flag(entry: &Entry, input: ParseStream) -> syn::Result<bool> {
    // A word is the next entry, whose missing comma is told there.
    let word = input.peek(Ident::peek_any) && !input.peek(LitBool);
    if word || input.is_empty() || input.peek(Token![,]) {
        return Ok(true);
    }
    Err(syn::Error::new(input.span(), format!("`{}` stands alone; it takes no value", entry.key)))
}

/// Reads the `=` behind a key.
pub(crate) fn equals(entry: &Entry, input: ParseStream, kind: &str, form: &str) -> syn::Result<()> {
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        return Ok(());
    }
    Err(diag::wrong_kind(entry.guilty(input), &entry.name(), kind, form))
}
