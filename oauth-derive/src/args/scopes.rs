//! `scopes( /// doc Variant = "value", … )`, `default_scopes(Variant, …)`.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Attribute, LitStr, Token};

use crate::args::given::Given;
use crate::args::list;
use crate::diag::{self, Diagnostics};

/// One scope as it is written.
pub(crate) struct ScopeArg {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) variant: Ident,
    pub(crate) value: LitStr,
}

/// Reads `(Variant = "value", …)`.
pub(crate) fn scopes(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<Given<Vec<ScopeArg>>> {
    let content = list::open(&key, input, "scopes(ReadUser = \"read:user\")")?;
    let mut value = Vec::new();
    list::elements(&content, diagnostics, |input, _| {
        value.push(scope(input)?);
        Ok(())
    });
    Ok(Given { key, value })
}

/// Reads `(Variant, …)`.
pub(crate) fn variants(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<Given<Vec<Ident>>> {
    let form = "default_scopes(ReadUser)";
    let content = list::open(&key, input, form)?;
    let mut value = Vec::new();
    list::elements(&content, diagnostics, |input, _| {
        let variant = input.parse().map_err(|error: syn::Error| {
            diag::wrong_kind(error.span(), &key.to_string(), "variants of `scopes`", form)
        })?;
        value.push(variant);
        Ok(())
    });
    Ok(Given { key, value })
}

fn scope(input: ParseStream) -> syn::Result<ScopeArg> {
    let docs = input.call(Attribute::parse_outer)?;
    if let Some(other) = docs.iter().find(|attr| !attr.path().is_ident("doc")) {
        let message = "a scope takes a doc comment and no attribute";
        return Err(syn::Error::new_spanned(other, message));
    }
    let variant: Ident = input.parse().map_err(|error| form(&error))?;
    input.parse::<Token![=]>().map_err(|error| form(&error))?;
    let value = input.parse().map_err(|error| form(&error))?;
    Ok(ScopeArg { docs, variant, value })
}

fn form(error: &syn::Error) -> syn::Error {
    let kind = "a variant and its value";
    diag::wrong_kind(error.span(), "scopes", kind, "ReadUser = \"read:user\"")
}
