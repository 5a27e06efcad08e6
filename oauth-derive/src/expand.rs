//! From a whole provider to tokens. Nothing here can fail, and nothing that the runtime could do is done here.

pub(crate) mod declaration;
pub(crate) mod docs;
pub(crate) mod scope;
pub(crate) mod token_response;

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, DeriveInput, Path, Token, parse_quote};

use crate::model::{Placeholder, ProviderModel};

/// The struct, its companions and their impls.
pub(crate) fn provider(model: &ProviderModel) -> TokenStream {
    let (root, ident, vis) = (&model.root, &model.item.ident, &model.item.vis);
    let item = item(model);
    let scope = scope::definition(root, vis, ident, &model.scopes);
    let response = token_response::definition(root, vis, ident, &model.token_response);
    let new = (!model.placeholders.is_empty()).then(|| new(model));
    let declaration = declaration::declaration(model);
    let provider_impl = provider_impl(model);
    let scope_impl = scope::implementation(root, ident, &model.scopes);
    let response_impl = token_response::implementation(root, ident, &model.token_response);
    let capabilities = capabilities(model);
    quote! {
        #item
        #scope
        #response
        #new
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

/// The constructor: one argument a placeholder, in the order of the fields.
fn new(model: &ProviderModel) -> TokenStream {
    let (root, ident, vis) = (&model.root, &model.item.ident, &model.item.vis);
    let about = format!("[`{ident}`] with its placeholders filled in.");
    let arguments = model.placeholders.iter().map(argument);
    let fields: Vec<_> = model.placeholders.iter().map(|p| &p.field).collect();
    let names = model.placeholders.iter().map(|p| &p.name);
    let kinds = model.placeholders.iter().map(|p| kind(root, p));
    quote! {
        #[allow(dead_code)] // A private provider may be made in another way.
        impl #ident {
            #[doc = #about]
            ///
            /// # Arguments
            ///
            #(#[doc = #arguments])*
            ///
            /// # Errors
            ///
            /// If a value may not stand in its place; the error names the field.
            #vis fn new(
                #(#fields: impl #root::__private::AsRef<::core::primitive::str>,)*
            ) -> #root::__private::Result<Self, #root::__private::ParameterError> {
                #root::__private::Result::Ok(Self {
                    #(#fields: #kinds::parse(#names, #root::__private::AsRef::as_ref(&#fields))?,)*
                })
            }
        }
    }
}

fn argument(placeholder: &Placeholder) -> String {
    let Placeholder { name, doc, .. } = placeholder;
    let about = doc.split("\n\n").next().unwrap_or_default();
    let about = about.replace('\n', " ");
    match about.is_empty() {
        true => format!("- `{name}`: the value of `{{{name}}}`"),
        false => format!("- `{name}`: {about}"),
    }
}

fn kind(root: &Path, placeholder: &Placeholder) -> TokenStream {
    let kind = quote::format_ident!("{}", placeholder.kind.name());
    quote!(#root::__private::#kind)
}

fn provider_impl(model: &ProviderModel) -> TokenStream {
    let (root, ident) = (&model.root, &model.item.ident);
    let (scope, response) = (scope::name(ident), token_response::name(ident));
    let names = model.placeholders.iter().map(|p| &p.name);
    let fields = model.placeholders.iter().map(|p| &p.field);
    let kinds = model.placeholders.iter().map(|p| kind(root, p));
    let body = match model.placeholders.is_empty() {
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
    let profile = model.profile.as_ref().map(|_| quote!(HasProfile));
    let revocation = model.endpoints.revocation_endpoint.as_ref();
    let revocation = revocation.map(|_| quote!(HasRevocation));
    let id_token = model.endpoints.issuer.as_ref().map(|_| quote!(HasIdToken));
    let never = matches!(model.offline, crate::model::Offline::Never);
    let refresh = (!never).then(|| quote!(HasRefresh));
    let capabilities = profile.into_iter().chain(revocation).chain(id_token).chain(refresh);
    quote! {
        #(#[automatically_derived] impl #root::__private::#capabilities for #ident {})*
    }
}
