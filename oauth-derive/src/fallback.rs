//! What a refused attribute expands to: the mistakes, the item, and stub impls, so that one mistake does not
//! become thirty errors elsewhere.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Ident, Path};

use crate::args::Args;
use crate::check::fields;
use crate::expand::{derived, scope, token_response};
use crate::model::{ResponseField, Scope};

/// The mistakes, and an item that the rest of the crate can go on with.
pub(crate) fn provider(
    item: &DeriveInput,
    args: &Args,
    root: &Path,
    mistakes: &syn::Error,
) -> TokenStream {
    let mistakes = mistakes.to_compile_error();
    let plain = fields::without_params(item);
    let stubs = item.generics.params.is_empty().then(|| stubs(item, args, root));
    quote! {
        #mistakes
        #[allow(dead_code)]
        #plain
        #stubs
    }
}

fn stubs(item: &DeriveInput, args: &Args, root: &Path) -> TokenStream {
    let (ident, vis) = (&item.ident, &item.vis);
    let (scopes, fields) = (scopes(args), response_fields(args));
    let scope_enum = scope::definition(root, vis, ident, &scopes);
    let scope_impl = scope::implementation(root, ident);
    let response = token_response::definition(root, vis, ident, &fields);
    let response_deref = token_response::deref(root, ident);
    let (scope_name, response_name) = (scope::name(ident), token_response::name(ident));
    let new = new(item, root);
    let derives = derives(item);
    quote! {
        #scope_enum
        #response
        #new
        #[allow(deprecated)]
        const _: () = {
            #derives
            #scope_impl
            #response_deref

            #[automatically_derived]
            impl #root::__private::ProviderTokenResponse for #response_name {
                fn from_standard(
                    _: #root::__private::TokenResponse,
                ) -> #root::__private::Result<Self, #root::__private::FieldError> {
                    loop {}
                }
            }

            #[automatically_derived]
            impl #root::__private::Provider for #ident {
                type Scope = #scope_name;
                type TokenResponse = #response_name;

                fn declaration(&self) -> &#root::__private::Declaration {
                    loop {}
                }

                fn parameter(
                    &self,
                    _: &::core::primitive::str,
                ) -> #root::__private::Option<&::core::primitive::str> {
                    loop {}
                }
            }

            #[automatically_derived]
            impl #root::__private::HasDeclaration for #ident {
                const DECLARATION: &'static #root::__private::Declaration = &#root::__private::Declaration::EMPTY;
            }

            #[automatically_derived]
            impl #root::__private::HasEndSession for #ident {}

            #[automatically_derived]
            impl #root::__private::HasIdToken for #ident {}

            #[automatically_derived]
            impl #root::__private::HasProfile for #ident {}

            #[automatically_derived]
            impl #root::__private::HasRefresh for #ident {}

            #[automatically_derived]
            impl #root::__private::HasRevocation for #ident {}
        };
    }
}

/// `Clone` and `Debug` by hand: a field of a refused struct may have neither.
fn derives(item: &DeriveInput) -> TokenStream {
    let ident = &item.ident;
    let own = derived(&item.attrs);
    let clone = (!own.contains(&"Clone".to_owned())).then(|| {
        quote! {
            #[automatically_derived]
            impl ::core::clone::Clone for #ident {
                fn clone(&self) -> Self {
                    loop {}
                }
            }
        }
    });
    let debug = (!own.contains(&"Debug".to_owned())).then(|| {
        quote! {
            #[automatically_derived]
            impl ::core::fmt::Debug for #ident {
                fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    loop {}
                }
            }
        }
    });
    quote!(#clone #debug)
}

/// As many arguments as there are fields without a default, and a method for each of the others.
fn new(item: &DeriveInput, root: &Path) -> Option<TokenStream> {
    let Data::Struct(data) = &item.data else {
        return None;
    };
    let Fields::Named(fields) = &data.fields else {
        return None;
    };
    if fields.named.is_empty() {
        return None;
    }
    let (ident, vis) = (&item.ident, &item.vis);
    let (optional, required): (Vec<_>, Vec<_>) =
        fields.named.iter().partition(|field| fields::is_optional(field));
    let value = quote!(_: impl #root::__private::AsRef<::core::primitive::str>);
    let made = quote!(#root::__private::Result<Self, #root::__private::ParameterError>);
    let about = "Stands here so that the mistake in the attribute is the only one.";
    let arguments = required.iter().map(|_| &value);
    let (new, default) = match required.is_empty() {
        true => (quote!(Self), Some(default(ident))),
        false => (made.clone(), None),
    };
    let mut seen = HashSet::new();
    let setters = optional.iter().filter_map(|field| field.ident.as_ref());
    let setters = setters.filter(|field| !fields::is_taken(field));
    let setters: Vec<_> = setters.filter(|field| seen.insert(field.unraw())).collect();
    Some(quote! {
        #[allow(dead_code, deprecated)]
        impl #ident {
            #[doc = #about]
            #vis fn new(#(#arguments),*) -> #new {
                loop {}
            }
            #(
                #[doc = #about]
                #vis fn #setters(self, #value) -> #made {
                    loop {}
                }
            )*
        }
        #default
    })
}

fn default(ident: &Ident) -> TokenStream {
    quote! {
        #[allow(deprecated)]
        #[automatically_derived]
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                loop {}
            }
        }
    }
}

/// The variants that can be read, each once.
fn scopes(args: &Args) -> Vec<Scope> {
    let mut seen = HashSet::from(["Custom".to_owned()]);
    let scopes = args.scopes.iter();
    scopes.filter(|scope| seen.insert(scope.variant.to_string())).cloned().collect()
}

/// The fields that can be read, each once.
fn response_fields(args: &Args) -> Vec<ResponseField> {
    let mut seen = HashSet::from(["standard".to_owned()]);
    let fields = args.token_response.iter();
    fields
        .filter(|field| seen.insert(field.ident.to_string()))
        .map(|field| ResponseField {
            docs: field.docs.clone(),
            serde: Vec::new(),
            ident: field.ident.clone(),
            ty: field.ty.clone(),
            wire_name: field.ident.to_string(),
        })
        .collect()
}

/// An item that is not even a struct, an enum or a union.
pub(crate) fn item(item: &TokenStream, mistake: &syn::Error) -> TokenStream {
    let mistake = mistake.to_compile_error();
    quote! {
        #mistake
        #item
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn fallback(args: TokenStream, tokens: &TokenStream) -> String {
        crate::provider(args, tokens, parse_quote!(::oauth_runtime)).to_string()
    }

    #[test]
    fn a_refused_attribute_keeps_the_item_and_gives_it_stubs() {
        let item = quote!(
            /// Signs in with Acme.
            pub struct Acme {
                domain: Host,
            }
        );

        let text = fallback(
            quote!(scopes(Read = "read", Read = "r"), token_response { id: u64, id: u8 }),
            &item,
        );

        assert!(text.contains("compile_error"));
        assert!(text.contains(&item.to_string()));
        assert_eq!(text.matches("Read ,").count(), 1);
        assert_eq!(text.matches("pub id :").count(), 1);
        for stub in ["enum AcmeScope", "struct AcmeTokenResponse", "Provider for Acme", "fn new"] {
            assert!(text.contains(stub), "{stub}");
        }
    }

    #[test]
    fn what_cannot_be_a_provider_is_left_alone() {
        let function = quote!(
            pub fn github() {}
        );
        let generic = quote!(
            pub struct GitHub<T>(T);
        );

        let text = fallback(quote!(), &function);
        assert!(text.ends_with(&function.to_string()));
        let text = fallback(quote!(), &generic);
        assert!(text.ends_with(&generic.to_string()));
    }
}
