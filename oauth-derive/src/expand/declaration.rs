//! `static DECLARATION`: the facts, every field written out.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Path;

use crate::model::{
    DialectModel, EmailVerified, Emails, Endpoints, Offline, Param, Placeholder, Profile,
    ProviderModel, ResponseField, Scope,
};
use crate::value::{Pkce, TokenEndpointAuthMethod, doc};

/// Writes values of the runtime's types by their full paths.
struct Writer {
    private: TokenStream,
}

/// The static.
pub(crate) fn declaration(model: &ProviderModel) -> TokenStream {
    let w = Writer::new(&model.root);
    let private = &w.private;
    let (name, slug) = (w.text(&model.name), w.text(&model.slug));
    let endpoints = w.endpoints(&model.endpoints);
    let scopes = w.list(&model.scopes, |scope| w.scope(scope));
    let default_scopes = w.list(&model.default_scopes, |value| w.text(value));
    let scope_separator = w.text(&model.scope_separator);
    let pkce = pkce(model.pkce);
    let method = method(model.token_endpoint_auth_method);
    let authorization_params = w.params(&model.authorization_params);
    let offline = w.offline(&model.offline);
    let headers = w.request_params(&model.headers);
    let token_response = w.list(&model.token_response, |field| w.field(field));
    let profile = w.option(model.profile.as_ref(), |profile| w.profile(profile));
    let emails = w.option(model.emails.as_ref(), |emails| w.emails(emails));
    let dialect = w.dialect(&model.dialect);
    let placeholders = w.list(&model.placeholders, |placeholder| w.placeholder(placeholder));
    quote! {
        static DECLARATION: #private::Declaration = #private::Declaration {
            name: #name,
            slug: #slug,
            #endpoints
            scopes: #scopes,
            default_scopes: #default_scopes,
            scope_separator: #scope_separator,
            pkce: #private::Pkce::#pkce,
            token_endpoint_auth_method: #private::TokenEndpointAuthMethod::#method,
            authorization_params: #authorization_params,
            token_params: #private::Cow::Borrowed(&[]),
            offline: #offline,
            headers: #headers,
            token_response: #token_response,
            profile: #profile,
            emails: #emails,
            dialect: #dialect,
            placeholders: #placeholders,
        };
    }
}

impl Writer {
    fn new(root: &Path) -> Self {
        Self { private: quote!(#root::__private) }
    }

    fn text(&self, text: &str) -> TokenStream {
        let private = &self.private;
        quote!(#private::Cow::Borrowed(#text))
    }

    fn list<T>(&self, items: &[T], item: impl Fn(&T) -> TokenStream) -> TokenStream {
        let private = &self.private;
        let items = items.iter().map(item);
        quote!(#private::Cow::Borrowed(&[#(#items),*]))
    }

    fn option<T>(&self, value: Option<T>, some: impl Fn(T) -> TokenStream) -> TokenStream {
        let private = &self.private;
        match value.map(some) {
            Some(value) => quote!(#private::Option::Some(#value)),
            None => quote!(#private::Option::None),
        }
    }

    fn optional(&self, text: Option<&String>) -> TokenStream {
        self.option(text, |text| self.text(text))
    }

    fn endpoints(&self, urls: &Endpoints) -> TokenStream {
        let issuer = self.optional(urls.issuer.as_ref());
        let authorization_endpoint = self.optional(Some(&urls.authorization_endpoint));
        let token_endpoint = self.optional(Some(&urls.token_endpoint));
        let revocation_endpoint = self.optional(urls.revocation_endpoint.as_ref());
        let userinfo_endpoint = self.optional(urls.userinfo_endpoint.as_ref());
        let jwks_uri = self.optional(urls.jwks_uri.as_ref());
        let end_session_endpoint = self.optional(urls.end_session_endpoint.as_ref());
        let api_base = self.optional(urls.api_base.as_ref());
        let api_origins = self.list(&urls.api_origins, |origin| self.text(origin));
        quote! {
            issuer: #issuer,
            authorization_endpoint: #authorization_endpoint,
            token_endpoint: #token_endpoint,
            revocation_endpoint: #revocation_endpoint,
            userinfo_endpoint: #userinfo_endpoint,
            jwks_uri: #jwks_uri,
            end_session_endpoint: #end_session_endpoint,
            api_base: #api_base,
            api_origins: #api_origins,
        }
    }

    fn scope(&self, scope: &Scope) -> TokenStream {
        let private = &self.private;
        let variant = self.text(&scope.variant.to_string());
        let value = self.text(&scope.value);
        let doc = self.text(&doc::text(&scope.docs));
        quote!(#private::DeclaredScope { variant: #variant, value: #value, doc: #doc })
    }

    fn params(&self, params: &[Param]) -> TokenStream {
        let private = &self.private;
        self.list(params, |param| {
            let (name, value) = (self.text(&param.name), self.text(&param.value));
            quote!(#private::Param { name: #name, value: #value })
        })
    }

    fn request_params(&self, params: &[Param]) -> TokenStream {
        let private = &self.private;
        self.list(params, |param| {
            let (name, value) = (self.text(&param.name), self.text(&param.value));
            quote!(#private::RequestParam { name: #name, value: #private::ParamValue::Constant(#value) })
        })
    }

    fn offline(&self, offline: &Offline) -> TokenStream {
        let private = &self.private;
        let variant = match offline {
            Offline::Undeclared => quote!(Undeclared),
            Offline::Always => quote!(Always),
            Offline::Never => quote!(Never),
            Offline::Scope(scope) => {
                let scope = self.text(scope);
                quote!(Scope(#scope))
            }
            Offline::Params(params) => {
                let params = self.params(params);
                quote!(Params(#params))
            }
        };
        quote!(#private::Offline::#variant)
    }

    fn field(&self, field: &ResponseField) -> TokenStream {
        let private = &self.private;
        let name = self.text(&field.wire_name);
        let rust_type = self.text(&field.ty.to_token_stream().to_string());
        quote!(#private::DeclaredField { name: #name, rust_type: #rust_type })
    }

    fn profile(&self, profile: &Profile) -> TokenStream {
        let private = &self.private;
        let subject = self.text(&profile.subject);
        let name = self.optional(profile.name.as_ref());
        let email = self.optional(profile.email.as_ref());
        let email_verified = match &profile.email_verified {
            EmailVerified::Always => quote!(Always),
            EmailVerified::Never => quote!(Never),
            EmailVerified::At(pointer) => {
                let pointer = self.text(pointer);
                quote!(At(#pointer))
            }
        };
        let picture = self.optional(profile.picture.as_ref());
        quote! {
            #private::ProfilePointers {
                subject: #subject,
                name: #name,
                email: #email,
                email_verified: #private::EmailVerified::#email_verified,
                picture: #picture,
            }
        }
    }

    fn dialect(&self, dialect: &DialectModel) -> TokenStream {
        let private = &self.private;
        let callback_issuer = self.optional(dialect.callback_issuer.as_ref());
        let refresh_endpoint = self.optional(dialect.refresh_endpoint.as_ref());
        let refresh_keeps = dialect.refresh_keeps;
        let off = [
            "client_id_param",
            "client_secret_param",
            "scope_param",
            "authorization_fragment",
            "token_response_at",
            "access_token_at",
            "refresh_token_at",
            "expires_in_at",
            "scope_at",
            "error_when",
            "error_at",
            "error_description_at",
            "refresh_auth_method",
            "refresh_grant_type",
            "refresh_token_param",
            "bearer_scheme",
            "access_token_param",
        ]
        .map(|word| format_ident!("{word}"));
        let lists = [
            "callback_params",
            "token_types",
            "invalid_grant",
            "refresh_params",
            "userinfo_params",
        ]
        .map(|word| format_ident!("{word}"));
        let flags =
            ["sorted_params", "callback_scope", "missing_token_type", "refresh_from_access_token"]
                .map(|word| format_ident!("{word}"));
        quote! {
            #private::Dialect {
                callback_issuer: #callback_issuer,
                refresh_endpoint: #refresh_endpoint,
                refresh_keeps: #refresh_keeps,
                #(#off: #private::Option::None,)*
                #(#lists: #private::Cow::Borrowed(&[]),)*
                #(#flags: false,)*
                token_request: #private::TokenRequest::Form,
                token_request_method: #private::TokenRequestMethod::Post,
                token_response: #private::TokenResponseFormat::Json,
                expires_in: #private::ExpiresIn::Seconds,
                revocation_request: #private::RevocationRequest::Token,
                userinfo_request: #private::UserinfoRequest::Bearer,
            }
        }
    }

    fn emails(&self, emails: &Emails) -> TokenStream {
        let private = &self.private;
        let (endpoint, address) = (self.text(&emails.endpoint), self.text(&emails.address));
        let verified = self.optional(emails.verified.as_ref());
        let primary = self.optional(emails.primary.as_ref());
        quote! {
            #private::EmailsCall {
                endpoint: #endpoint,
                address: #address,
                verified: #verified,
                primary: #primary,
            }
        }
    }

    fn placeholder(&self, placeholder: &Placeholder) -> TokenStream {
        let private = &self.private;
        let name = self.text(&placeholder.name);
        let kind = format_ident!("{}", placeholder.kind.name());
        quote!(#private::Placeholder { name: #name, kind: #private::PlaceholderKind::#kind, default: #private::Option::None })
    }
}

fn pkce(pkce: Pkce) -> Ident {
    match pkce {
        Pkce::Required => format_ident!("Required"),
        Pkce::Optional => format_ident!("Optional"),
        Pkce::Unsupported => format_ident!("Unsupported"),
    }
}

fn method(method: TokenEndpointAuthMethod) -> Ident {
    match method {
        TokenEndpointAuthMethod::ClientSecretBasic => format_ident!("ClientSecretBasic"),
        TokenEndpointAuthMethod::ClientSecretPost => format_ident!("ClientSecretPost"),
        TokenEndpointAuthMethod::None => format_ident!("None"),
    }
}
