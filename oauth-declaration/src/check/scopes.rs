//! Rules about scopes.

use std::collections::HashSet;

use crate::check::params;
use crate::declaration::{Declaration, Offline};
use crate::mistake::Mistakes;
use crate::place::Place;
use crate::reading::Reading;
use crate::{sentence, value};

/// Variants and values are each given once, and a value is a scope of RFC 6749.
pub(crate) fn scopes(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let (mut variants, mut values) = (HashSet::new(), HashSet::new());
    for (i, scope) in declaration.scopes.iter().enumerate() {
        let place = Place::of("scopes").element(i);
        if scope.variant.is_empty() {
            let message = "the variant of a scope is empty; write its name, as in `ReadProfile`";
            mistakes.push(place.inside("variant"), message);
        } else if !variants.insert(&scope.variant) {
            mistakes.doubled(place.inside("variant"), &scope.variant);
        }
        let place = place.inside("value");
        if let Err(fault) = value::scope(&scope.value) {
            mistakes.push(place, fault);
            continue;
        }
        if !values.insert(&scope.value) {
            mistakes.doubled(place.clone(), &scope.value);
        }
        openid(declaration, reading, &scope.value, &place, mistakes);
    }
}

/// OpenID Connect Core s3.1.2.1: `openid` asks for an ID token, which an issuer signs.
fn openid(
    declaration: &Declaration,
    reading: &Reading,
    value: &str,
    place: &Place,
    mistakes: &mut Mistakes,
) {
    let issuer = declaration.issuer.is_some() || reading.unread(&Place::of("issuer"));
    if value == "openid" && !issuer && !declaration.dialect.missing_id_token {
        let message = "`openid` asks for an ID token, which needs `issuer`; add it";
        mistakes.push(place.clone(), message);
    }
}

/// A default scope is a declared one, and is listed once.
pub(crate) fn default_scopes(
    declaration: &Declaration,
    reading: &Reading,
    mistakes: &mut Mistakes,
) {
    let mut seen = HashSet::new();
    for (i, value) in declaration.default_scopes.iter().enumerate() {
        let place = Place::of("default_scopes").element(i);
        if seen.insert(value) {
            declared(declaration, reading, value, place, mistakes);
        } else {
            mistakes.doubled(place, value);
        }
    }
}

/// The offline scope is a declared one; the parameters are not the protocol's.
pub(crate) fn offline(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let place = Place::of("offline");
    match &declaration.offline {
        Offline::Undeclared | Offline::Always | Offline::Never => {}
        Offline::Scope(value) => {
            declared(declaration, reading, value, place.inside("scope"), mistakes);
        }
        Offline::Params(given) => {
            let place = place.inside("params");
            if given.is_empty() && !reading.unread(&place) {
                mistakes.push(place, sentence::empty("params"));
            } else {
                params::constants(declaration, given, &place, mistakes);
            }
        }
    }
}

/// What is asked for is one of `scopes`.
fn declared(
    declaration: &Declaration,
    reading: &Reading,
    value: &str,
    place: Place,
    mistakes: &mut Mistakes,
) {
    let known: Vec<&str> = declaration.scopes.iter().map(|scope| &*scope.value).collect();
    if known.contains(&value) || reading.unread(&Place::of("scopes")) {
        return;
    }
    match known.get(..4.min(known.len())) {
        Some(usual @ [_, ..]) => {
            mistakes.push(place, sentence::unknown("scope", value, &known, usual));
        }
        _ => {
            let value = sentence::short(value);
            mistakes.push(place, format!("`{value}` is not declared; add it to `scopes`"));
        }
    }
}
