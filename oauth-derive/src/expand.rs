//! From a whole provider to tokens. Nothing here can fail, and nothing that the runtime could do is done here.

pub(crate) mod docs;
pub(crate) mod parameters;
pub(crate) mod scope;
pub(crate) mod token_response;
pub(crate) mod written;

use oauth_declaration::Offline;
use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, DeriveInput, Path, Token, parse_quote};

use crate::expand::parameters::{kind, private};
use crate::expand::written::Written;
use crate::model::ProviderModel;

/// The struct, its companions and their impls.
pub(crate) fn provider(model: &ProviderModel) -> TokenStream {
    let (root, ident, vis) = (&model.root, &model.item.ident, &model.item.vis);
    let item = item(model);
    let scope = scope::definition(root, vis, ident, &model.scopes);
    let response = token_response::definition(root, vis, ident, &model.token_response);
    let parameters = parameters::definition(model);
    let declaration = declaration(model);
    let provider_impl = provider_impl(model);
    let scope_impl = scope::implementation(root, ident);
    let response_impl = token_response::implementation(root, ident, &model.token_response);
    let capabilities = capabilities(model);
    quote! {
        #item
        #scope
        #response
        #parameters
        #[allow(deprecated)] // The struct may be, which is for its users to hear.
        const _: () = {
            #declaration
            #provider_impl
            #scope_impl
            #response_impl
            #capabilities
        };
    }
}

/// The struct as the user wrote it, documented further, `Clone` and `Debug`.
fn item(model: &ProviderModel) -> TokenStream {
    let mut item = model.item.clone();
    let section = docs::section(model);
    item.attrs.push(parse_quote!(#[doc = #section]));
    let derives = derives(&item);
    quote!(#derives #item)
}

/// The derives that every provider has, but for those that the user wrote.
pub(crate) fn derives(item: &DeriveInput) -> TokenStream {
    let own = derived(&item.attrs);
    let clone = (!own.contains(&"Clone".to_owned())).then(|| quote!(::core::clone::Clone,));
    let debug = (!own.contains(&"Debug".to_owned())).then(|| quote!(::core::fmt::Debug,));
    quote!(#[derive(#clone #debug)])
}

/// The names in the user's own `#[derive(…)]`.
pub(crate) fn derived(attrs: &[Attribute]) -> Vec<String> {
    attrs
        .iter()
        .filter(|attr| attr.path().is_ident("derive"))
        .filter_map(|attr| {
            attr.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).ok()
        })
        .flatten()
        .filter_map(|path| Some(path.segments.last()?.ident.to_string()))
        .collect()
}

/// `static DECLARATION`: the facts, every field written out.
fn declaration(model: &ProviderModel) -> TokenStream {
    let private = private(&model.root);
    let declaration = model.declaration.written(&private);
    quote!(static DECLARATION: #private::Declaration = #declaration;)
}

fn provider_impl(model: &ProviderModel) -> TokenStream {
    let (root, ident) = (&model.root, &model.item.ident);
    let (scope, response) = (scope::name(ident), token_response::name(ident));
    let names = model.parameters.iter().map(|parameter| &parameter.name);
    let fields = model.parameters.iter().map(|parameter| &parameter.field);
    let private = private(root);
    let kinds = model.parameters.iter().map(|parameter| kind(&private, parameter));
    let body = match model.parameters.is_empty() {
        true => quote!({ let _ = name; #root::__private::Option::None }),
        false => quote! {
            match name {
                #(#names => #root::__private::Option::Some(#kinds::as_str(&self.#fields)),)*
                _ => #root::__private::Option::None,
            }
        },
    };
    quote! {
        #[automatically_derived]
        impl #root::__private::Provider for #ident {
            type Scope = #scope;
            type TokenResponse = #response;

            fn declaration(&self) -> &#root::__private::Declaration {
                &DECLARATION
            }

            fn parameter(
                &self,
                name: &::core::primitive::str,
            ) -> #root::__private::Option<&::core::primitive::str> {
                #body
            }
        }
    }
}

/// What the declaration makes possible.
fn capabilities(model: &ProviderModel) -> TokenStream {
    let (root, ident) = (&model.root, &model.item.ident);
    let declaration = &model.declaration;
    let discovered = declaration.is_discovered();
    let capabilities = [
        (declaration.end_session_endpoint.is_some() || discovered, quote!(HasEndSession)),
        (declaration.issuer.is_some(), quote!(HasIdToken)),
        (declaration.profile.is_some(), quote!(HasProfile)),
        (declaration.offline != Offline::Never, quote!(HasRefresh)),
        (declaration.revocation_endpoint.is_some() || discovered, quote!(HasRevocation)),
    ];
    let capabilities = capabilities.into_iter().filter(|(has, _)| *has).map(|(_, name)| name);
    quote! {
        #[automatically_derived]
        impl #root::__private::HasDeclaration for #ident {
            const DECLARATION: &'static #root::__private::Declaration = &DECLARATION;
        }
        #(#[automatically_derived] impl #root::__private::#capabilities for #ident {})*
    }
}
