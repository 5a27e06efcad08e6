//! `scopes( /// doc Variant = "value", … )`, `default_scopes(Variant, …)`.

use proc_macro2::{Ident, Span};
use syn::parse::ParseStream;
use syn::{Attribute, LitStr, Token};

use crate::args::entry::Entry;
use crate::args::{ahead, list};
use crate::diag;
use crate::model::Scope;
use crate::notes::Notes;

/// Reads `(Variant = "value", …)`.
pub(crate) fn scopes(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<Vec<Scope>> {
    let content = list::open(entry, input, "scopes(ReadUser = \"read:user\")")?;
    let mut scopes = Vec::new();
    list::elements(&content, notes, |input, notes| {
        let (docs, variant, value) = scope(input)?;
        let place = entry.place.element(scopes.len());
        notes.spans.put(place.inside("variant"), variant.span());
        notes.spans.put(place.inside("value"), value.span());
        scopes.push(Scope { docs, variant, value: value.value() });
        Ok(())
    });
    Ok(scopes)
}

/// Reads `(Variant, …)`.
pub(crate) fn variants(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<Vec<Ident>> {
    let form = "default_scopes(ReadUser)";
    let content = list::open(entry, input, form)?;
    let mut variants = Vec::new();
    list::elements(&content, notes, |input, _| {
        let variant = input.parse().map_err(|error: syn::Error| {
            diag::wrong_kind(error.span(), &entry.name(), "variants of `scopes`", form)
        })?;
        variants.push(variant);
        Ok(())
    });
    Ok(variants)
}

fn scope(input: ParseStream) -> syn::Result<(Vec<Attribute>, Ident, LitStr)> {
    let docs = input.call(Attribute::parse_outer).map_err(|error| form(error.span()))?;
    if let Some(other) = docs.iter().find(|attr| !attr.path().is_ident("doc")) {
        let message = "a scope takes a doc comment and no attribute";
        return Err(syn::Error::new_spanned(other, message));
    }
    let variant: Ident = input.parse().map_err(|error: syn::Error| form(error.span()))?;
    let span = ahead::guilty(input, variant.span());
    input.parse::<Token![=]>().map_err(|_| form(span))?;
    let span = ahead::guilty(input, variant.span());
    let value = input.parse().map_err(|_| form(span))?;
    Ok((docs, variant, value))
}

fn form(span: Span) -> syn::Error {
    let kind = "a variant and its value";
    diag::wrong_kind(span, "scopes", kind, "ReadUser = \"read:user\"")
}
