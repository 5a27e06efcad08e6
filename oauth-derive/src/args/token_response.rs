//! `token_response { /// doc #[serde(…)] field: Type, … }`.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::{Attribute, Field, Token, Type, Visibility, braced, token};

use crate::args::entry::Entry;
use crate::diag;
use crate::notes::Notes;

const FORM: &str = "token_response { company_id: u64 }";

/// One field as it is written.
pub(crate) struct FieldArg {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) serde: Vec<Attribute>,
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
    while !content.is_empty() {
        if let Some(named) = notes.diagnostics.ok(named(&content)) {
            fields.extend(notes.diagnostics.ok(field(named)));
        } else {
            content.parse::<TokenStream>()?;
        }
    }
    Ok(fields)
}

fn named(input: ParseStream) -> syn::Result<Field> {
    let read = || {
        let field = Field::parse_named(input)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(field)
    };
    read().map_err(|error: syn::Error| {
        diag::wrong_kind(error.span(), "token_response", "typed fields", FORM)
    })
}

fn field(field: Field) -> syn::Result<FieldArg> {
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
        serde: others,
        ident: field.ident.expect("`parse_named` gives a name"),
        ty: field.ty,
    })
}
