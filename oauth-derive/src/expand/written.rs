//! Values of the declaration's types as Rust expressions, by their full paths.

use oauth_declaration::{
    Declaration, DeclaredField, DeclaredScope, Dialect, EmailVerified, EmailsCall, ErrorWhen,
    ExpiresIn, List, Offline, Param, ParamValue, Pkce, Placeholder, PlaceholderKind,
    ProfilePointers, RequestParam, ResponseMode, RevocationRequest, TenantIssuer, Text,
    TokenEndpointAuthMethod, TokenRequest, TokenRequestMethod, TokenResponseFormat,
    UserinfoRequest,
};
use proc_macro2::TokenStream;
use quote::quote;

/// A value that can be written down; `private` is the path of the doc-hidden module.
pub(crate) trait Written {
    fn written(&self, private: &TokenStream) -> TokenStream;
}

impl Written for bool {
    fn written(&self, _: &TokenStream) -> TokenStream {
        quote!(#self)
    }
}

impl Written for Text {
    fn written(&self, private: &TokenStream) -> TokenStream {
        let text = &**self;
        quote!(#private::Cow::Borrowed(#text))
    }
}

impl<T: Written + Clone> Written for List<T> {
    fn written(&self, private: &TokenStream) -> TokenStream {
        let elements = self.iter().map(|element| element.written(private));
        quote!(#private::Cow::Borrowed(&[#(#elements),*]))
    }
}

impl<T: Written> Written for Option<T> {
    fn written(&self, private: &TokenStream) -> TokenStream {
        match self.as_ref().map(|value| value.written(private)) {
            Some(value) => quote!(#private::Option::Some(#value)),
            None => quote!(#private::Option::None),
        }
    }
}

/// A departure has its field; without any, the constant says the same in one word.
impl Written for Dialect {
    fn written(&self, private: &TokenStream) -> TokenStream {
        match *self == Self::NONE {
            true => quote!(#private::Dialect::NONE),
            false => dialect(self, private),
        }
    }
}

/// Writes a struct field by field. No field can be forgotten: the pattern names all.
macro_rules! fields {
    ($name:ident, $value:expr, $private:expr, $($field:ident),* $(,)?) => {{
        let $name { $($field),* } = $value;
        let private = $private;
        $(let $field = $field.written(private);)*
        quote!(#private::$name { $($field: #$field),* })
    }};
}

/// Writes the variant of an enum; a value inside is written too.
macro_rules! variants {
    ($name:ident: $($unit:ident),* $(; $($with:ident),*)?) => {
        impl Written for $name {
            fn written(&self, private: &TokenStream) -> TokenStream {
                match self {
                    $(Self::$unit => quote!(#private::$name::$unit),)*
                    $($(Self::$with(value) => {
                        let value = value.written(private);
                        quote!(#private::$name::$with(#value))
                    })*)?
                }
            }
        }
    };
}

/// Writes structs field by field.
macro_rules! structs {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl Written for $name {
            fn written(&self, private: &TokenStream) -> TokenStream {
                fields!($name, self, private, $($field),*)
            }
        }
    )*};
}

structs! {
    Declaration { name, slug, console, service_documentation, setup, issuer, authorization_endpoint, token_endpoint, revocation_endpoint, userinfo_endpoint, jwks_uri, end_session_endpoint, pushed_authorization_request_endpoint, api_base, api_origins, scopes, default_scopes, scope_separator, pkce, token_endpoint_auth_method, response_mode, authorization_params, token_params, offline, headers, token_response, profile, emails, dialect, placeholders }
    DeclaredScope { variant, value, doc }
    DeclaredField { name, rust_type }
    Placeholder { name, kind, default }
    ProfilePointers { subject, name, email, email_verified, picture }
    EmailsCall { endpoint, address, verified, primary }
    TenantIssuer { template, claim }
    ErrorWhen { at, is, is_not }
    Param { name, value }
    RequestParam { name, value }
}

variants!(Pkce: Required, Optional, Unsupported);
variants!(TokenEndpointAuthMethod: ClientSecretBasic, ClientSecretPost, None, PrivateKeyJwt, ClientSecretJwt);
variants!(ResponseMode: Query, FormPost);
variants!(Offline: Undeclared, Always, Never; Scope, Params);
variants!(EmailVerified: Always, Never; At);
variants!(ParamValue: ClientId, RedirectUri, Scope, State; Constant, Callback, TokenResponse);
variants!(PlaceholderKind: Host, Segment, Value);
variants!(TokenRequest: Form, Json, Query);
variants!(TokenRequestMethod: Post, Get);
variants!(TokenResponseFormat: Json, Form, Text);
variants!(ExpiresIn: Seconds, Milliseconds, Timestamp);
variants!(RevocationRequest: Token, AccessToken, Bearer);
variants!(UserinfoRequest: Bearer, Form, Post);

fn dialect(dialect: &Dialect, private: &TokenStream) -> TokenStream {
    fields!(
        Dialect,
        dialect,
        private,
        tenant_issuer,
        client_id_param,
        client_secret_param,
        signed_client_secret,
        scope_param,
        sorted_params,
        authorization_fragment,
        callback_issuer,
        callback_params,
        callback_once,
        callback_scope,
        token_request,
        token_request_method,
        token_response,
        token_response_at,
        access_token_at,
        refresh_token_at,
        expires_in_at,
        scope_at,
        expires_in,
        missing_token_type,
        token_types,
        missing_id_token,
        missing_nonce,
        secret_signs_id_token,
        error_when,
        error_at,
        error_description_at,
        invalid_grant,
        refresh_endpoint,
        refresh_params,
        refresh_auth_method,
        refresh_grant_type,
        refresh_token_param,
        refresh_from_access_token,
        refresh_keeps,
        refresh_when_expired,
        revocation_request,
        bearer_scheme,
        access_token_param,
        access_token_header,
        userinfo_request,
        userinfo_params,
        post_logout_redirect_uri_param
    )
}
