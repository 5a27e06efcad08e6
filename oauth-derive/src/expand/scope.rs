//! `enum XScope`: the declared scopes, and one variant for the others.

use oauth_declaration::code;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Attribute, Path, Visibility};

use crate::doc;
use crate::model::Scope;

/// The enum and its methods, for the provider `ident`.
pub(crate) fn definition(
    root: &Path,
    vis: &Visibility,
    ident: &Ident,
    scopes: &[Scope],
) -> TokenStream {
    let scope_enum = name(ident);
    let about = format!("The scopes of [`{ident}`].");
    let docs = scopes.iter().map(docs);
    let variants: Vec<&Ident> = scopes.iter().map(|scope| &scope.variant).collect();
    let values = scopes.iter().map(|scope| &scope.value);
    quote! {
        #[doc = #about]
        #[allow(dead_code)] // A provider declares more scopes than one application asks for.
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::cmp::Eq)]
        #[non_exhaustive]
        #vis enum #scope_enum {
            #(#docs #variants,)*
            #[doc(hidden)]
            Custom(#root::__private::Cow<'static, ::core::primitive::str>),
        }

        #[allow(dead_code)]
        impl #scope_enum {
            /// A scope that the declaration does not name.
            ///
            /// Its characters are checked when the client is built.
            #[must_use]
            #vis fn custom(
                value: impl #root::__private::Into<#root::__private::Cow<'static, ::core::primitive::str>>,
            ) -> Self {
                Self::Custom(#root::__private::Into::into(value))
            }

            /// The value on the wire.
            #[must_use]
            #vis fn as_str(&self) -> &::core::primitive::str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Custom(value) => value,
                }
            }
        }
    }
}

/// What makes its values scopes of the provider.
pub(crate) fn implementation(root: &Path, ident: &Ident) -> TokenStream {
    let scope_enum = name(ident);
    quote! {
        #[automatically_derived]
        impl #root::__private::ScopeOf<#ident> for #scope_enum {
            fn into_scope(self) -> #root::__private::Scope {
                match self {
                    Self::Custom(value) => #root::__private::Scope::new(value),
                    declared => #root::__private::Scope::new(
                        <#root::__private::String as #root::__private::From<&::core::primitive::str>>::from(
                            #scope_enum::as_str(&declared),
                        ),
                    ),
                }
            }
        }
    }
}

/// `GitHub` has `GitHubScope`.
pub(crate) fn name(ident: &Ident) -> Ident {
    format_ident!("{ident}Scope")
}

/// The user's doc comment, or the value.
fn docs(scope: &Scope) -> TokenStream {
    let docs: &[Attribute] = &scope.docs;
    if doc::text(docs).is_empty() {
        let about = format!("The scope {}.", code(&scope.value));
        return quote!(#[doc = #about]);
    }
    quote!(#(#docs)*)
}
