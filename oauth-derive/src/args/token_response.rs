//! `token_response { /// doc #[serde(…)] field: Type, … }`.

use oauth_declaration::Place;
use proc_macro2::{Ident, Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Field, LitStr, Token, Type, Visibility, braced, token};

use crate::args::entry::Entry;
use crate::args::{list, serde};
use crate::diag;
use crate::notes::Notes;

const FORM: &str = "token_response { company_id: u64 }";

/// One field as it is written.
pub(crate) struct FieldArg {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) serde: Vec<Attribute>,
    /// Its name in the answer, where that is another.
    pub(crate) rename: Option<LitStr>,
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
}

/// Reads `{ field: Type, … }`. A type may hold commas, so a field that cannot be read ends the list.
pub(crate) fn token_response(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<Vec<FieldArg>> {
    if !input.peek(token::Brace) {
        let kind = "fields in braces";
        return Err(diag::wrong_kind(entry.guilty(input), &entry.name(), kind, FORM));
    }
    let content;
    braced!(content in input);
    if content.is_empty() {
        return Err(diag::empty(entry.key.span(), &entry.name()));
    }
    let mut fields = Vec::new();
    list::elements(&content, notes, |input, notes| {
        let named = named(input).inspect_err(|_| skip_all(input))?;
        let place = entry.place.element(fields.len());
        fields.push(field(named, &place, notes)?);
        Ok(())
    });
    Ok(fields)
}

fn named(input: ParseStream) -> syn::Result<Field> {
    let ahead = input.fork();
    Field::parse_named(input).map_err(|error| {
        let span = lone_name(&ahead).unwrap_or(error.span());
        diag::wrong_kind(span, "token_response", "typed fields", FORM)
    })
}

/// The name that no type follows.
fn lone_name(input: ParseStream) -> Option<Span> {
    input.call(Attribute::parse_outer).ok()?;
    input.parse::<Visibility>().ok()?;
    let name = input.call(Ident::parse_any).ok()?;
    input.parse::<Option<Token![:]>>().ok()?;
    (input.is_empty() || input.peek(Token![,])).then(|| name.span())
}

fn skip_all(input: ParseStream) {
    while input.parse::<TokenTree>().is_ok() {}
}

fn field(field: Field, place: &Place, notes: &mut Notes) -> syn::Result<FieldArg> {
    if !matches!(field.vis, Visibility::Inherited) {
        let message = "a field of `token_response` is as visible as the struct; remove this";
        return Err(syn::Error::new_spanned(field.vis, message));
    }
    let (docs, others): (Vec<_>, Vec<_>) =
        field.attrs.into_iter().partition(|attr| attr.path().is_ident("doc"));
    if let Some(other) = others.iter().find(|attr| !attr.path().is_ident("serde")) {
        let message = "a field of `token_response` takes doc comments and `#[serde(…)]` only";
        return Err(syn::Error::new_spanned(other, message));
    }
    Ok(FieldArg {
        docs,
        rename: serde::rename(&others, place, notes),
        serde: others,
        ident: field.ident.expect("`parse_named` gives a name"),
        ty: field.ty,
    })
}
