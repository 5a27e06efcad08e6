//! Rules about scopes.

use std::collections::HashSet;

use proc_macro2::Ident;

use crate::args::Args;
use crate::args::offline::OfflineArg;
use crate::args::scopes::ScopeArg;
use crate::check::params;
use crate::diag::{self, Diagnostics};
use crate::key;
use crate::model::{Offline, Scope};
use crate::value;

/// Variants and values are each given once, and a value is a scope of RFC 6749.
pub(crate) fn scopes(args: &Args, diagnostics: &mut Diagnostics) -> Vec<Scope> {
    let (mut variants, mut values) = (HashSet::new(), HashSet::new());
    let mut scopes = Vec::new();
    for scope in declared(args) {
        let variant = scope.variant.to_string();
        reserved(&scope.variant, diagnostics);
        if !variants.insert(variant.clone()) {
            diagnostics.push(diag::doubled(scope.variant.span(), &variant));
        }
        let Some(value) = diagnostics.ok(value::scope(&scope.value)) else {
            continue;
        };
        if !values.insert(value.clone()) {
            diagnostics.push(diag::doubled(scope.value.span(), &value::short(&value)));
        }
        openid(args, scope, &value, diagnostics);
        scopes.push(Scope { docs: scope.docs.clone(), variant: scope.variant.clone(), value });
    }
    scopes
}

/// The variant that holds what `custom("…")` was given has the name `Custom`.
fn reserved(variant: &Ident, diagnostics: &mut Diagnostics) {
    if variant == "Custom" {
        let message = "`Custom` is the variant of undeclared scopes; choose another name";
        diagnostics.push(syn::Error::new(variant.span(), message));
    }
}

/// OpenID Connect Core s3.1.2.1: `openid` asks for an ID token, which an issuer signs.
fn openid(args: &Args, scope: &ScopeArg, value: &str, diagnostics: &mut Diagnostics) {
    if value == "openid" && !args.keys.has(key::ISSUER) {
        let message = "`openid` asks for an ID token, which needs `issuer`; add it";
        diagnostics.push(syn::Error::new(scope.value.span(), message));
    }
}

/// A default scope is a declared one, and is listed once.
pub(crate) fn default_scopes(args: &Args, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut values = Vec::new();
    for variant in args.default_scopes.iter().flat_map(|given| &given.value) {
        if seen.insert(variant.clone()) {
            values.extend(diagnostics.ok(of_variant(args, variant)));
        } else {
            diagnostics.push(diag::doubled(variant.span(), &variant.to_string()));
        }
    }
    values
}

/// The offline scope is a declared one; the parameters are not the protocol's.
pub(crate) fn offline(args: &Args, diagnostics: &mut Diagnostics) -> Offline {
    match args.offline.as_ref().map(|given| &given.value) {
        None => Offline::Undeclared,
        Some(OfflineArg::Always) => Offline::Always,
        Some(OfflineArg::Never) => Offline::Never,
        Some(OfflineArg::Params(given)) => Offline::Params(params::params(given, diagnostics)),
        Some(OfflineArg::Scope(variant)) => {
            diagnostics.ok(of_variant(args, variant)).map_or(Offline::Undeclared, Offline::Scope)
        }
    }
}

/// The value of a variant of `scopes`.
fn of_variant(args: &Args, variant: &Ident) -> syn::Result<String> {
    if let Some(scope) = declared(args).find(|scope| scope.variant == *variant) {
        return Ok(scope.value.value());
    }
    let known: Vec<String> = declared(args).map(|scope| scope.variant.to_string()).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    match known.get(..4.min(known.len())) {
        Some(usual @ [_, ..]) => Err(diag::unknown("scope", variant, &known, usual)),
        _ => {
            let message = format!("`{variant}` is not declared; add `scopes({variant} = \"…\")`");
            Err(syn::Error::new(variant.span(), message))
        }
    }
}

fn declared(args: &Args) -> impl Iterator<Item = &ScopeArg> {
    args.scopes.iter().flat_map(|given| &given.value)
}
