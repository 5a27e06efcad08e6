//! `struct XTokenResponse`: the standard fields, and the declared ones beside them.

use oauth_declaration::code;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Member, Path, Visibility};

use crate::model::ResponseField;

/// The struct, for the provider `ident`.
pub(crate) fn definition(
    root: &Path,
    vis: &Visibility,
    ident: &Ident,
    fields: &[ResponseField],
) -> TokenStream {
    let response = name(ident);
    let about = format!(
        "What the token endpoint of [`{ident}`] answers: the fields of RFC 6749, by `Deref`, and the declared ones."
    );
    let docs = fields.iter().map(docs);
    let (idents, types) = parts(fields);
    quote! {
        #[doc = #about]
        #[allow(dead_code)] // An application reads the fields that it needs.
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #[non_exhaustive]
        #vis struct #response {
            standard: #root::__private::TokenResponse,
            #(#docs #vis #idents: #types,)*
        }
    }
}

/// `Deref`, and the reading of the declared fields.
pub(crate) fn implementation(root: &Path, ident: &Ident, fields: &[ResponseField]) -> TokenStream {
    let deref = deref(root, ident);
    let response = name(ident);
    let idents = fields.iter().map(|field| &field.ident);
    let (read, members) = read(root, fields);
    quote! {
        #deref

        #[automatically_derived]
        impl #root::__private::ProviderTokenResponse for #response {
            #[inline]
            fn from_standard(
                standard: #root::__private::TokenResponse,
            ) -> #root::__private::Result<Self, #root::__private::FieldError> {
                #read
                #root::__private::Result::Ok(Self {
                    standard,
                    #(#idents: fields.#members,)*
                })
            }
        }
    }
}

/// What reads the declared fields as `fields`, and what each of them is called there.
///
/// A derive costs a build more than all else that is generated, so only `#[serde(…)]` on a field has one.
fn read(root: &Path, fields: &[ResponseField]) -> (TokenStream, Vec<Member>) {
    let (idents, types) = parts(fields);
    if fields.is_empty() {
        return (quote!(), Vec::new());
    }
    if fields.iter().all(|field| field.serde.is_empty()) {
        let names = fields.iter().map(|field| &field.wire_name);
        let read = quote! {
            let members = #root::__private::Members::of(&standard)?;
            let fields = (#(members.read::<#types>(#names)?,)*);
        };
        return (read, (0..fields.len()).map(Member::from).collect());
    }
    let serde = fields.iter().map(|field| &field.serde);
    let serde_path = format!("{}::__private::serde", spelt(root));
    let read = quote! {
        #[derive(#root::__private::serde::Deserialize)]
        #[serde(crate = #serde_path)]
        struct __Fields {
            #(#(#serde)* #idents: #types,)*
        }
        let fields = standard.fields::<__Fields>()?;
    };
    (read, idents.into_iter().cloned().map(Member::from).collect())
}

/// The standard fields are read through the struct.
pub(crate) fn deref(root: &Path, ident: &Ident) -> TokenStream {
    let response = name(ident);
    quote! {
        #[automatically_derived]
        impl ::core::ops::Deref for #response {
            type Target = #root::__private::TokenResponse;

            fn deref(&self) -> &Self::Target {
                &self.standard
            }
        }
    }
}

/// `GitHub` has `GitHubTokenResponse`.
pub(crate) fn name(ident: &Ident) -> Ident {
    format_ident!("{ident}TokenResponse")
}

fn parts(fields: &[ResponseField]) -> (Vec<&Ident>, Vec<&syn::Type>) {
    fields.iter().map(|field| (&field.ident, &field.ty)).unzip()
}

/// The user's doc comment, or the member's name.
fn docs(field: &ResponseField) -> TokenStream {
    if field.docs.is_empty() {
        let about = format!("The member {} of the answer.", code(&field.wire_name));
        return quote!(#[doc = #about]);
    }
    let docs = &field.docs;
    quote!(#(#docs)*)
}

/// A path as serde reads it: without spaces.
fn spelt(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn reading(fields: &TokenStream) -> String {
        let args = quote!(issuer = "https://acme.example", token_response { #fields });
        let item = quote!(
            pub struct Acme;
        );
        crate::provider(args, &item, parse_quote!(::oauth_runtime)).to_string()
    }

    #[test]
    fn only_an_attribute_of_serde_is_left_to_serde() {
        let plain = reading(&quote!(members: u64, r#type: Option<u8>));
        let told = reading(&quote!(a: u64, #[serde(default)] b: u8));

        assert!(plain.contains("read :: < Option < u8 > > (\"type\")"), "{plain}");
        assert!(!plain.contains("Deserialize") && told.contains("Deserialize"), "{told}");
    }
}
