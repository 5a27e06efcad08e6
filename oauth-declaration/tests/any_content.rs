//! The rules on whatever somebody writes.

#![cfg(feature = "serde")]

use oauth_declaration::Declaration;
use proptest::prelude::{Strategy, prop_oneof, proptest};
use serde_json::Value;

use crate::everything::everything;

mod everything;

/// Texts that a declaration might hold, and any others.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,200}",
        "https://[{}a-z0-9.:/?=&%#@\\[\\]-]{0,40}",
        "[/~#{}a-z01.]{0,12}",
        "\\{[a-z]{1,70}\\}",
        "[a-z_]{40,90}",
    ]
}

/// Puts `texts` in the place of some strings of `value`, and of some names.
fn disturb(value: &mut Value, texts: &mut impl Iterator<Item = Option<String>>) {
    match value {
        Value::String(text) => {
            if let Some(Some(other)) = texts.next() {
                *text = other;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| disturb(value, texts)),
        Value::Object(members) => members.values_mut().for_each(|value| disturb(value, texts)),
        _ => {}
    }
}

/// A map of names and values, in which names are any texts too.
fn rename(value: &mut Value, texts: &mut impl Iterator<Item = Option<String>>) {
    if let Value::Object(members) = value {
        let old = std::mem::take(members);
        for (name, value) in old {
            members.insert(texts.next().flatten().unwrap_or(name), value);
        }
    }
}

proptest! {
    #[test]
    fn no_content_panics_and_every_mistake_is_one_short_sentence(
        texts in proptest::collection::vec(proptest::option::of(text()), 120),
    ) {
        let mut value = serde_json::to_value(everything()).unwrap();
        let mut texts = texts.into_iter();
        for maps in ["/authorization_params", "/token_params", "/headers", "/dialect/refresh_params"] {
            rename(value.pointer_mut(maps).unwrap(), &mut texts);
        }
        // The words of closed sets stay: serde refuses others.
        let words = value.clone();
        disturb(&mut value, &mut texts);
        for word in [
            "/pkce", "/token_endpoint_auth_method", "/response_mode", "/placeholders/0/kind", "/dialect/token_request",
            "/dialect/token_request_method", "/dialect/token_response", "/dialect/expires_in",
            "/dialect/refresh_auth_method", "/dialect/revocation_request", "/dialect/userinfo_request",
        ] {
            *value.pointer_mut(word).unwrap() = words.pointer(word).unwrap().clone();
        }
        for params in ["/token_params", "/headers", "/dialect/refresh_params", "/dialect/userinfo_params"] {
            *value.pointer_mut(params).unwrap() = words.pointer(params).unwrap().clone();
        }
        let declaration: Declaration = serde_json::from_value(value).unwrap();

        for mistake in declaration.mistakes() {
            let message = mistake.message();
            assert!(message.chars().count() <= 140, "{message}");
            assert!(!message.ends_with('.') && !message.contains('\n'), "{message:?}");
            assert!(!mistake.place().to_string().is_empty());
        }
    }
}
