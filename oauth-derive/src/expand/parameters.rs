//! The constructor and the methods that fill placeholders.

use oauth_declaration::code;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Path;

use crate::model::{Parameter, ProviderModel};

/// `X::new`, and a method for each value that has a default.
pub(crate) fn definition(model: &ProviderModel) -> TokenStream {
    if model.parameters.is_empty() {
        return quote!();
    }
    let ident = &model.item.ident;
    let all_default = model.parameters.iter().all(|parameter| parameter.default.is_some());
    let new = match all_default {
        true => new_of_defaults(model),
        false => new(model),
    };
    let default = all_default.then(|| default(model));
    let setters = model
        .parameters
        .iter()
        .filter_map(|parameter| Some(setter(model, parameter, parameter.default.as_ref()?)));
    quote! {
        #[allow(dead_code, deprecated)] // A private provider may be made in another way.
        impl #ident {
            #new
            #(#setters)*
        }
        #default
    }
}

/// One argument for each placeholder without a default, in the order of the fields.
fn new(model: &ProviderModel) -> TokenStream {
    let (private, ident, vis) = (private(&model.root), &model.item.ident, &model.item.vis);
    let about = format!("[`{ident}`] with its placeholders filled in.");
    let required = || model.parameters.iter().filter(|parameter| parameter.default.is_none());
    let arguments = required().map(argument);
    let names = required().map(|parameter| &parameter.field);
    let fields = model.parameters.iter().map(|parameter| {
        let (field, kind) = (&parameter.field, kind(&private, parameter));
        match &parameter.default {
            Some(default) => quote!(#field: #kind::declared(#default)),
            None => {
                let parsed = parsed(&private, parameter);
                quote!(#field: #parsed?)
            }
        }
    });
    quote! {
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
            #(#names: impl #private::AsRef<::core::primitive::str>,)*
        ) -> #private::Result<Self, #private::ParameterError> {
            #private::Result::Ok(Self { #(#fields,)* })
        }
    }
}

/// Every placeholder has a default: nothing can be refused.
fn new_of_defaults(model: &ProviderModel) -> TokenStream {
    let (private, ident, vis) = (private(&model.root), &model.item.ident, &model.item.vis);
    let about = format!("[`{ident}`] with the defaults of its placeholders.");
    let fields = model.parameters.iter().map(|parameter| &parameter.field);
    let kinds = model.parameters.iter().map(|parameter| kind(&private, parameter));
    let defaults = model.parameters.iter().map(|parameter| &parameter.default);
    quote! {
        #[doc = #about]
        #[must_use]
        #vis fn new() -> Self {
            Self { #(#fields: #kinds::declared(#defaults),)* }
        }
    }
}

fn default(model: &ProviderModel) -> TokenStream {
    let ident = &model.item.ident;
    quote! {
        #[allow(deprecated)]
        #[automatically_derived]
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

/// The method that gives a placeholder another value than its default.
fn setter(model: &ProviderModel, parameter: &Parameter, default: &str) -> TokenStream {
    let (private, vis, field) = (private(&model.root), &model.item.vis, &parameter.field);
    let about = match first_paragraph(&parameter.doc) {
        about if about.is_empty() => format!("Sets the value of `{{{}}}`.", parameter.name),
        about => about,
    };
    let without = format!("Without it, the value is {}.", code(default));
    let parsed = parsed(&private, parameter);
    quote! {
        #[doc = #about]
        ///
        #[doc = #without]
        ///
        /// # Errors
        ///
        /// If the value may not stand in its place; the error names the field.
        #vis fn #field(
            mut self,
            #field: impl #private::AsRef<::core::primitive::str>,
        ) -> #private::Result<Self, #private::ParameterError> {
            self.#field = #parsed?;
            #private::Result::Ok(self)
        }
    }
}

fn argument(parameter: &Parameter) -> String {
    let name = &parameter.name;
    match first_paragraph(&parameter.doc) {
        about if about.is_empty() => format!("- `{name}`: the value of `{{{name}}}`"),
        about => format!("- `{name}`: {about}"),
    }
}

fn first_paragraph(doc: &str) -> String {
    doc.split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

fn parsed(private: &TokenStream, parameter: &Parameter) -> TokenStream {
    let (name, field, kind) = (&parameter.name, &parameter.field, kind(private, parameter));
    quote!(#kind::parse(#name, #private::AsRef::as_ref(&#field)))
}

/// The type of a field by its full path.
pub(crate) fn kind(private: &TokenStream, parameter: &Parameter) -> TokenStream {
    let kind = format_ident!("{}", parameter.kind.type_name());
    quote!(#private::#kind)
}

pub(crate) fn private(root: &Path) -> TokenStream {
    quote!(#root::__private)
}
