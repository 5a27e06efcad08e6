//! What a field of `token_response` may say to serde.

use proc_macro2::TokenStream;
use quote::quote;

use super::{github, mistakes, refused};

fn field(attributes: &TokenStream) -> TokenStream {
    quote!(token_response { #attributes company: u64 })
}

#[test]
fn what_serde_knows_of_a_field_is_taken() {
    for attributes in [
        quote!(#[serde()]),
        quote!(#[serde(rename = "a", alias = "b", alias = "c", default, skip_serializing,)]),
        quote!(#[serde(rename(serialize = "a", deserialize = "b"), default = "a::b::<u8>")]),
        quote!(#[serde(with = "<A as B>::c", bound = "u8: Copy")] #[serde(skip_deserializing)]),
        quote!(#[serde(deserialize_with = "a", serialize_with = "b", skip_serializing_if = "c")]),
        quote!(#[serde(skip, bound(deserialize = "u8: Copy"))] #[serde(alias = "a")]),
        quote!(#[serde(skip_serializing)] #[serde(alias = "a")] #[serde(alias = "b")]),
    ] {
        github(&field(&attributes)).unwrap_or_else(|error| panic!("{attributes}: {error}"));
    }
}

#[test]
fn what_serde_refuses_is_refused() {
    for (attributes, sentence) in [
        (
            quote!(#[serde(bogus)]),
            "unknown `serde` attribute `bogus`, expected one of `rename`, `alias`, `default`, `deserialize_with`",
        ),
        (
            quote!(#[serde(renam = "a")]),
            "unknown `serde` attribute `renam`; did you mean `rename`?",
        ),
        (
            quote!(#[serde(rename(derialize = "a"))]),
            "unknown `serde` attribute `derialize`; did you mean `serialize`?",
        ),
        (quote!(#[serde(rename)]), "`rename` expects a string, as in `rename = \"…\"`"),
        (quote!(#[serde(default = 5)]), "`default` expects a string, as in `default = \"…\"`"),
        (
            quote!(#[serde(with = "a b")]),
            "`with` expects a path in a string, as in `with = \"my::path\"`",
        ),
        (
            quote!(#[serde(flatten)]),
            "`flatten` would hold the tokens too; remove it, and read further members by `fields()`",
        ),
        (
            quote!(#[serde(alias = "refresh_token")]),
            "`refresh_token` is a field of every token response; remove it",
        ),
        (
            quote!(#[serde(alias = "id_token")]),
            "`id_token` is read by the library; remove it, and call `.id_token()` of the session",
        ),
        (quote!(#[serde(skip = true)]), "`skip` stands alone; it takes no value"),
        (
            quote!(#[serde(borrow)]),
            "`borrow` has nothing to borrow from; remove it, and own the value",
        ),
        (quote!(#[serde(default)] #[serde(default)]), "`default` is given twice; keep one"),
        (
            quote!(#[serde(skip, skip_deserializing)]),
            "`skip` says `skip_deserializing` too; keep one",
        ),
        (
            quote!(#[serde(serialize_with = "a")] #[serde(with = "b")]),
            "`with` says `serialize_with` too; keep one",
        ),
        (quote!(#[serde(default skip)]), "expected `,` before this"),
        (quote!(#[serde]), "`serde` expects a list, as in `#[serde(rename = \"companyId\")]`"),
    ] {
        refused(&field(&attributes), sentence);
    }
}

#[test]
fn every_mistake_of_a_field_is_shown() {
    assert_eq!(
        mistakes(github(&field(&quote!(#[serde(rename = 5, skip = 6)])))),
        [
            "`rename` expects a string, as in `rename = \"…\"`",
            "`skip` stands alone; it takes no value",
        ]
    );
}
