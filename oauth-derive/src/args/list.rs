//! Lists that are read to their end, whatever mistake stands in them.

use proc_macro2::{Ident, TokenTree};
use syn::parse::{ParseBuffer, ParseStream};
use syn::{LitStr, Token, parenthesized, token};

use crate::args::given::{Given, guilty};
use crate::diag::{self, Diagnostics};

/// Reads elements up to the end of `input`. A mistake costs the element it stands in, no more.
pub(crate) fn elements(
    input: ParseStream,
    diagnostics: &mut Diagnostics,
    mut element: impl FnMut(ParseStream, &mut Diagnostics) -> syn::Result<()>,
) {
    while !input.is_empty() {
        let read = element(input, diagnostics).and_then(|()| comma(input));
        if diagnostics.ok(read).is_none() {
            skip(input);
        }
    }
}

/// Opens the parentheses of `key(…)`, which hold something.
pub(crate) fn open<'a>(
    key: &Ident,
    input: ParseStream<'a>,
    form: &str,
) -> syn::Result<ParseBuffer<'a>> {
    if !input.peek(token::Paren) {
        let span = guilty(key, input);
        return Err(diag::wrong_kind(span, &key.to_string(), "a list", form));
    }
    let content;
    parenthesized!(content in input);
    if content.is_empty() {
        return Err(diag::empty(key.span(), &key.to_string()));
    }
    Ok(content)
}

/// Reads `("text", …)`.
pub(crate) fn texts(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<Given<Vec<LitStr>>> {
    let form = format!("{key}(\"…\")");
    let content = open(&key, input, &form)?;
    let mut value = Vec::new();
    elements(&content, diagnostics, |input, _| {
        let text: LitStr = input
            .parse()
            .map_err(|error| diag::wrong_kind(error.span(), &key.to_string(), "strings", &form))?;
        value.push(text);
        Ok(())
    });
    Ok(Given { key, value })
}

/// Reads the comma behind an element; the last one needs none.
fn comma(input: ParseStream) -> syn::Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    input
        .parse::<Token![,]>()
        .map(drop)
        .map_err(|error| syn::Error::new(error.span(), "expected `,` before this"))
}

/// Goes on behind the next comma.
fn skip(input: ParseStream) {
    while let Ok(token) = input.parse::<TokenTree>() {
        if matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            return;
        }
    }
}
