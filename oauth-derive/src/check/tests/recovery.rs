//! One mistake is told once: what is skipped because of it, or could not be read, is not missing too.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::{check, github, mistakes, refused};

/// The only mistake of `struct A` with nothing but `args`.
fn alone(args: TokenStream, sentence: &str) {
    let item = parse_quote!(
        struct A;
    );
    assert_eq!(mistakes(check(args, &item)), [sentence]);
}

/// The only mistake of a provider whose userinfo endpoint is declared.
fn of_a_user(more: &TokenStream, sentence: &str) {
    refused(&quote!(userinfo_endpoint = "https://a.example/me", #more), sentence);
}

#[test]
fn a_comma_that_is_forgotten_costs_nothing() {
    let sentence = "expected `,` before this";
    alone(
        quote!(authorization_endpoint = "https://a.example/a" token_endpoint = "https://a.example/t"),
        sentence,
    );
    of_a_user(&quote!(profile(name = "/name" subject = "/id")), sentence);
    refused(&quote!(dialect(error_when(is = "false" at = "/ok"))), sentence);
    refused(&quote!(scopes(A = "a" #[doc = " B."] B = "b"), default_scopes(A, B)), sentence);
    refused(&quote!(authorization_params(a = "1" "b" = "2")), sentence);
    refused(&quote!(token_response { a: u8 b: u8 }), sentence);
    refused(&quote!(name = "a" "b"), sentence);
}

#[test]
fn what_is_read_behind_a_forgotten_comma_is_checked() {
    assert_eq!(
        mistakes(github(&quote!(name = "A" slug = "B"))),
        ["expected `,` before this", "`slug` expects `a` to `z`, `0` to `9` and `_`, found `B`"]
    );
}

#[test]
fn what_is_skipped_is_not_missing() {
    alone(
        quote!(authorization_endpoint = "https://a.example/a", logo = "b" token_endpoint = "c"),
        "unknown key `logo`, expected one of `authorization_endpoint`, `token_endpoint`, `api_base`, `scopes`",
    );
    refused(
        &quote!(dialect(refresh_keeps = true callback_params("shop")), token_params(a = callback.shop)),
        "`refresh_keeps` stands alone; it takes no value",
    );
}

#[test]
fn a_flag_without_its_comma_has_no_value() {
    refused(
        &quote!(dialect(refresh_keeps callback_params("shop")), token_params(a = callback.shop)),
        "expected `,` before this",
    );
    for word in [quote!(always), quote!(never)] {
        refused(
            &quote!(offline(#word = true)),
            &format!("`{word}` stands alone; it takes no value"),
        );
    }
}

#[test]
fn a_string_where_a_key_belongs_is_one_mistake() {
    let expected = |example: &str| format!("expected a key, as in `{example}`");
    of_a_user(&quote!(profile("/id")), &expected("subject = \"/id\""));
    of_a_user(
        &quote!(profile(subject = "/id"), emails("/email")),
        &expected("address = \"/email\""),
    );
    refused(&quote!(dialect(error_when("/ok"))), &expected("at = \"/ok\""));
    alone(
        quote!("https://a.example/a", token_endpoint = "https://a.example/t"),
        &expected("token_endpoint = \"https://…\""),
    );
}

#[test]
fn a_key_that_is_quoted_or_has_a_path_is_read() {
    let key =
        |key| quote!(authorization_endpoint = "https://a.example/a", #key = "https://a.example/t");
    alone(key(quote!("token_endpoint")), "`token_endpoint` is a key; write it without quotes");
    for path in [quote!(oauth::token_endpoint), quote!(::token_endpoint)] {
        alone(key(path), "a key has no path; write `token_endpoint`");
    }
}

#[test]
fn a_parameter_has_a_string_or_a_source() {
    refused(
        &quote!(authorization_params(prompt = consent)),
        "`authorization_params` expects names and strings, as in `prompt = \"consent\"`",
    );
    refused(
        &quote!(offline(params(prompt = consent))),
        "`params` expects names and strings, as in `prompt = \"consent\"`",
    );
}
