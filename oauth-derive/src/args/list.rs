//! Lists that are read to their end, whatever mistake stands in them.

use oauth_declaration::{List, Text};
use proc_macro2::TokenTree;
use syn::parse::{ParseBuffer, ParseStream};
use syn::{LitStr, Token, parenthesized, token};

use crate::args::ahead;
use crate::args::entry::Entry;
use crate::diag;
use crate::notes::Notes;

/// Reads elements up to the end of `input`, and gives the keys that were skipped. A mistake costs the element it stands
/// in, and a comma that is forgotten costs nothing where the next element plainly begins.
pub(crate) fn elements(
    input: ParseStream,
    notes: &mut Notes,
    mut element: impl FnMut(ParseStream, &mut Notes) -> syn::Result<()>,
) -> Vec<String> {
    let mut skipped = Vec::new();
    while !input.is_empty() {
        let read = element(input, notes);
        let whole = notes.diagnostics.ok(read).is_some();
        let comma = if whole { comma(input) } else { Ok(()) };
        let apart = notes.diagnostics.ok(comma).is_some();
        if !whole || (!apart && !ahead::begins(input)) {
            skipped.extend(skip(input));
        }
    }
    skipped
}

/// Opens the parentheses of `key(…)`, which hold something.
pub(crate) fn open<'a>(
    entry: &Entry,
    input: ParseStream<'a>,
    form: &str,
) -> syn::Result<ParseBuffer<'a>> {
    if !input.peek(token::Paren) {
        return Err(diag::wrong_kind(entry.guilty(input), &entry.name(), "a list", form));
    }
    let content;
    parenthesized!(content in input);
    if content.is_empty() {
        return Err(diag::empty(entry.key.span(), &entry.name()));
    }
    Ok(content)
}

/// Reads `("text", …)`.
pub(crate) fn texts(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<List<Text>> {
    let form = format!("{}(\"…\")", entry.key);
    let content = open(entry, input, &form)?;
    let mut texts = Vec::new();
    elements(&content, notes, |input, notes| {
        let text: LitStr = input
            .parse()
            .map_err(|error| diag::wrong_kind(error.span(), &entry.name(), "strings", &form))?;
        notes.spans.put(entry.place.element(texts.len()), text.span());
        texts.push(Text::from(text.value()));
        Ok(())
    });
    Ok(texts.into())
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

/// Goes on behind the next comma, and gives the keys up to there.
fn skip(input: ParseStream) -> Vec<String> {
    let mut keys = Vec::new();
    while !input.is_empty() {
        let key = ahead::begins(input);
        match input.parse() {
            Ok(TokenTree::Punct(punct)) if punct.as_char() == ',' => break,
            Ok(TokenTree::Ident(ident)) if key => keys.push(ident.to_string()),
            _ => {}
        }
    }
    keys
}
