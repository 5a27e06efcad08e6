//! A key and its value: `key = "text"`, `key = word`.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use crate::diag;
use crate::value::Word;

/// A value, and the key that it was given to.
pub(crate) struct Given<T> {
    pub(crate) key: Ident,
    pub(crate) value: T,
}

/// Reads `= "text"`.
pub(crate) fn text(key: Ident, input: ParseStream) -> syn::Result<Given<LitStr>> {
    let form = format!("{key} = \"…\"");
    equals(&key, input, "a string", &form)?;
    if !input.peek(LitStr) {
        return Err(diag::wrong_kind(guilty(&key, input), &key.to_string(), "a string", &form));
    }
    let value = input.parse()?;
    Ok(Given { key, value })
}

/// Reads `= word`.
pub(crate) fn word<W: Word>(key: Ident, input: ParseStream) -> syn::Result<Given<W>> {
    let known: Vec<&str> = W::WORDS.iter().map(|(spelt, _)| *spelt).collect();
    let form = format!("{key} = {}", known[0]);
    equals(&key, input, "a word", &form)?;
    if !input.peek(Ident::peek_any) {
        return Err(diag::wrong_kind(guilty(&key, input), &key.to_string(), "a word", &form));
    }
    let given = input.call(Ident::parse_any)?;
    match W::WORDS.iter().find(|(spelt, _)| given == spelt) {
        Some((_, value)) => Ok(Given { key, value: *value }),
        None => Err(diag::unknown(&format!("`{key}` value"), &given, &known, &known)),
    }
}

/// Reads a key that stands alone: nothing follows it.
pub(crate) fn flag(key: &Ident, input: ParseStream) -> syn::Result<bool> {
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(true);
    }
    Err(syn::Error::new(input.span(), format!("`{key}` stands alone; it takes no value")))
}

/// Reads the `=` behind a key.
pub(crate) fn equals(key: &Ident, input: ParseStream, kind: &str, form: &str) -> syn::Result<()> {
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        return Ok(());
    }
    let span = guilty(key, input);
    Err(diag::wrong_kind(span, &key.to_string(), kind, form))
}

/// Where the value of `key` should stand: the next token, or the key if there is none.
pub(crate) fn guilty(key: &Ident, input: ParseStream) -> Span {
    if input.is_empty() || input.peek(Token![,]) {
        return key.span();
    }
    input.span()
}
