//! `struct XTokenResponse`: the standard fields, and the declared ones beside them.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Path, Visibility};

use crate::doc;
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
    let (idents, types) = parts(fields);
    let serde = fields.iter().map(|field| &field.serde);
    let serde_path = format!("{}::__private::serde", spelt(root));
    let read = (!fields.is_empty()).then(|| {
        quote! {
            #[derive(#root::__private::serde::Deserialize)]
            #[serde(crate = #serde_path)]
            struct __Fields {
                #(#(#serde)* #idents: #types,)*
            }
            let fields = standard.fields::<__Fields>()?;
        }
    });
    quote! {
        #deref

        #[automatically_derived]
        impl #root::__private::ProviderTokenResponse for #response {
            fn from_standard(
                standard: #root::__private::TokenResponse,
            ) -> #root::__private::Result<Self, #root::__private::FieldError> {
                #read
                #root::__private::Result::Ok(Self {
                    standard,
                    #(#idents: fields.#idents,)*
                })
            }
        }
    }
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
        let about = format!("The member {} of the answer.", doc::code(&field.wire_name));
        return quote!(#[doc = #about]);
    }
    let docs = &field.docs;
    quote!(#(#docs)*)
}

/// A path as serde reads it: without spaces.
fn spelt(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
