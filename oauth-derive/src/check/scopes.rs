//! Rules about the variants of scopes: a declaration holds their values.

use oauth_declaration::{DeclaredScope, Offline, Place, Text, sentence};
use syn::Ident;
use syn::ext::IdentExt;

use crate::args::Args;
use crate::args::offline::OfflineArg;
use crate::diag;
use crate::doc;
use crate::key;
use crate::model::Scope;
use crate::notes::Notes;

/// The variant that holds what `custom("…")` was given has the name `Custom`.
pub(crate) fn reserved(scopes: &[Scope], notes: &mut Notes) {
    for scope in scopes.iter().filter(|scope| scope.variant == "Custom") {
        let message = "`Custom` is the variant of undeclared scopes; choose another name";
        notes.diagnostics.push(syn::Error::new(scope.variant.span(), message));
    }
}

/// A scope as the declaration has it.
pub(crate) fn declared(scope: &Scope) -> DeclaredScope {
    DeclaredScope {
        variant: scope.variant.unraw().to_string().into(),
        value: scope.value.clone().into(),
        doc: doc::text(&scope.docs).into(),
    }
}

/// A default scope is a variant, and is listed once.
pub(crate) fn default_scopes(args: &Args, notes: &mut Notes) -> Vec<Text> {
    let mut values: Vec<Text> = Vec::new();
    for (i, variant) in args.default_scopes.iter().enumerate() {
        if args.default_scopes[..i].contains(variant) {
            notes.diagnostics.push(diag::doubled(variant.span(), &variant.to_string()));
            continue;
        }
        // Two variants of one value are a mistake of `scopes`.
        if let Some(value) = value_of(variant, args, notes).filter(|value| !values.contains(value))
        {
            let place = Place::of(key::DEFAULT_SCOPES).element(values.len());
            notes.spans.put(place, variant.span());
            values.push(value);
        }
    }
    values
}

/// The offline scope is a variant.
pub(crate) fn offline(args: &Args, notes: &mut Notes) -> Offline {
    match &args.offline {
        None => Offline::Undeclared,
        Some(OfflineArg::Way(way)) => way.clone(),
        Some(OfflineArg::Scope(variant)) => {
            value_of(variant, args, notes).map_or(Offline::Undeclared, Offline::Scope)
        }
    }
}

/// The value of a variant of `scopes`.
fn value_of(variant: &Ident, args: &Args, notes: &mut Notes) -> Option<Text> {
    if let Some(scope) = args.scopes.iter().find(|scope| scope.variant == *variant) {
        return Some(scope.value.clone().into());
    }
    // Among those that could not be read it may be.
    if !notes.is_unread(key::SCOPES) {
        notes.diagnostics.push(undeclared(variant, &args.scopes));
    }
    None
}

fn undeclared(variant: &Ident, scopes: &[Scope]) -> syn::Error {
    let known: Vec<String> = scopes.iter().map(|scope| scope.variant.to_string()).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    match known.get(..4.min(known.len())) {
        Some(usual @ [_, ..]) => diag::unknown("scope", variant, &known, usual),
        _ => {
            let name = sentence::brief(&variant.to_string());
            let message = format!("`{name}` is not declared; add `scopes({name} = \"…\")`");
            syn::Error::new(variant.span(), message)
        }
    }
}
