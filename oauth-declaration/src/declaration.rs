//! What a provider says about itself, as data.
//!
//! `#[oauth_provider(...)]` writes one `static Declaration` for each provider; the engine, the emulator,
//! the pages and the tests all read that value. Strings are borrowed in generated code and owned where a
//! declaration is made at run time. Nothing here does anything: it is the file of facts.

use std::borrow::Cow;

use crate::auth_method::TokenEndpointAuthMethod;
use crate::dialect::Dialect;
use crate::param::{Param, RequestParam};
use crate::text::{List, Text};

/// Everything the library knows of one provider.
///
/// URLs may hold placeholders (`https://{domain}/oauth/token`), whose values come from the fields of the
/// provider's type. The names of the fields are those of RFC 8414, OpenID Connect Discovery and RFC 7591.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Declaration {
    /// REQUIRED. What people call it: `GitHub`.
    pub name: Text,
    /// REQUIRED. What machines call it, `[a-z0-9_]{1,64}`: part of cookie names and paths.
    pub slug: Text,
    /// OPTIONAL. The page on which a person registers an application.
    pub console: Option<Text>,
    /// OPTIONAL. The page that describes the provider's OAuth (RFC 8414 s2).
    pub service_documentation: Option<Text>,
    /// What a person does on the pages of the console, step by step: a sentence each.
    pub setup: List<Text>,
    /// OPTIONAL. The issuer, compared with the `iss` of an authorization response (RFC 9207) and of an ID token. Where an
    /// endpoint of the login or `jwks_uri` is not declared, OpenID Connect Discovery is asked for it and the others.
    pub issuer: Option<Text>,
    /// REQUIRED unless there is an `issuer`. Where the browser is sent (RFC 6749 s3.1).
    pub authorization_endpoint: Option<Text>,
    /// REQUIRED unless there is an `issuer`. Where the code is exchanged (RFC 6749 s3.2).
    pub token_endpoint: Option<Text>,
    /// OPTIONAL. Where a token is revoked (RFC 7009).
    pub revocation_endpoint: Option<Text>,
    /// OPTIONAL. Who the user is, as JSON, for a bearer token.
    pub userinfo_endpoint: Option<Text>,
    /// OPTIONAL. The keys that sign ID tokens. Without it, the `issuer` is asked for it.
    pub jwks_uri: Option<Text>,
    /// OPTIONAL. Where the user is logged out at the provider (OpenID Connect RP-Initiated Logout s2).
    pub end_session_endpoint: Option<Text>,
    /// OPTIONAL. Where the parameters of the authorization request are sent ahead (RFC 9126), so that the browser
    /// carries a reference to them.
    pub pushed_authorization_request_endpoint: Option<Text>,
    /// OPTIONAL. What the API client appends paths to.
    pub api_base: Option<Text>,
    /// Further origins that may receive the access token.
    pub api_origins: List<Text>,
    /// The scopes people use.
    pub scopes: List<DeclaredScope>,
    /// The values of the scopes that every login asks for.
    pub default_scopes: List<Text>,
    /// What stands between two scopes in the authorization request.
    pub scope_separator: Text,
    /// What the provider makes of PKCE (RFC 7636).
    pub pkce: Pkce,
    /// How the client proves itself at the token endpoint (RFC 7591 s2).
    pub token_endpoint_auth_method: TokenEndpointAuthMethod,
    /// How the parameters of the callback come.
    pub response_mode: ResponseMode,
    /// Constant parameters of the authorization request.
    #[cfg_attr(feature = "serde", serde(with = "crate::wire::params"))]
    pub authorization_params: List<Param>,
    /// Further parameters of the token request for a code.
    #[cfg_attr(feature = "serde", serde(with = "crate::wire::request_params"))]
    pub token_params: List<RequestParam>,
    /// How one asks for a refresh token.
    pub offline: Offline,
    /// Headers on token and API requests: constants, or the `client_id`.
    #[cfg_attr(feature = "serde", serde(with = "crate::wire::request_params"))]
    pub headers: List<RequestParam>,
    /// Fields of the token response beyond the RFC's.
    pub token_response: List<DeclaredField>,
    /// OPTIONAL. Where in the userinfo answer the user's profile stands; with an `issuer` and no userinfo endpoint, where in
    /// the claims of the ID token.
    pub profile: Option<ProfilePointers>,
    /// OPTIONAL. The second call that a verified address needs.
    pub emails: Option<EmailsCall>,
    /// Named departures from the RFC.
    pub dialect: Dialect,
    /// The placeholders of the URLs, in the order of the type's fields.
    pub placeholders: List<Placeholder>,
}

impl Declaration {
    /// What a declaration that says nothing holds.
    pub const EMPTY: Self = Self {
        name: Cow::Borrowed(""),
        slug: Cow::Borrowed(""),
        console: None,
        service_documentation: None,
        setup: Cow::Borrowed(&[]),
        issuer: None,
        authorization_endpoint: None,
        token_endpoint: None,
        revocation_endpoint: None,
        userinfo_endpoint: None,
        jwks_uri: None,
        end_session_endpoint: None,
        pushed_authorization_request_endpoint: None,
        api_base: None,
        api_origins: Cow::Borrowed(&[]),
        scopes: Cow::Borrowed(&[]),
        default_scopes: Cow::Borrowed(&[]),
        scope_separator: Cow::Borrowed(" "),
        pkce: Pkce::Optional,
        token_endpoint_auth_method: TokenEndpointAuthMethod::ClientSecretBasic,
        response_mode: ResponseMode::Query,
        authorization_params: Cow::Borrowed(&[]),
        token_params: Cow::Borrowed(&[]),
        offline: Offline::Undeclared,
        headers: Cow::Borrowed(&[]),
        token_response: Cow::Borrowed(&[]),
        profile: None,
        emails: None,
        dialect: Dialect::NONE,
        placeholders: Cow::Borrowed(&[]),
    };

    /// Whether the issuer's metadata are asked for: an endpoint of the login or the keys are not declared, or each of its
    /// tenants has an issuer.
    #[must_use]
    pub fn is_discovered(&self) -> bool {
        let whole = self.authorization_endpoint.is_some()
            && self.token_endpoint.is_some()
            && self.jwks_uri.is_some();
        self.issuer.is_some() && (!whole || self.dialect.tenant_issuer.is_some())
    }

    /// Whether a login with these scopes must bring an ID token: `openid` is asked for, or nothing else says who the user is.
    #[must_use]
    pub fn expects_id_token(&self, openid: bool) -> bool {
        let alone = self.profile.is_some() && self.userinfo_endpoint.is_none();
        self.issuer.is_some() && (openid || (alone && !self.is_discovered()))
    }

    /// Whether the client proves itself by a key of its own.
    #[must_use]
    pub fn needs_client_key(&self) -> bool {
        self.dialect.signed_client_secret
            || self.token_endpoint_auth_method == TokenEndpointAuthMethod::PrivateKeyJwt
    }

    /// Whether a login may bring a refresh token: only where the declaration says that there is none, or that it
    /// has to be asked for and was not, there will be none.
    #[must_use]
    pub fn may_refresh(&self, asked: bool) -> bool {
        match self.offline {
            Offline::Never => false,
            Offline::Scope(_) | Offline::Params(_) => asked,
            Offline::Always | Offline::Undeclared => true,
        }
    }
}

impl Default for Declaration {
    fn default() -> Self {
        Self::EMPTY
    }
}

/// One scope that a provider declares.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct DeclaredScope {
    /// The variant: `UserEmail`.
    pub variant: Text,
    /// The value on the wire: `user:email`.
    pub value: Text,
    /// What it allows, in words; may be empty.
    #[cfg_attr(feature = "serde", serde(default))]
    pub doc: Text,
}

/// A field of the token response beyond the RFC's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct DeclaredField {
    /// The member's name in the JSON answer.
    pub name: Text,
    /// The type as the declaration spells it: `u64`, `Option < String >`.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub rust_type: Text,
}

/// A placeholder of the URLs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Placeholder {
    /// The name between the braces, which is the field's.
    pub name: Text,
    /// Where it may stand.
    pub kind: PlaceholderKind,
    /// OPTIONAL. Its value unless the application gives another.
    #[cfg_attr(feature = "serde", serde(default))]
    pub default: Option<Text>,
}

/// Where a placeholder may stand in a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum PlaceholderKind {
    /// In host position: a host, or a host and a port.
    Host,
    /// One segment of the path, or a part of one.
    Segment,
    /// The value of a parameter in the query, or a part of one.
    Value,
}

impl PlaceholderKind {
    /// The type of the field that fills such a placeholder.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Host => "Host",
            Self::Segment => "Segment",
            Self::Value => "Value",
        }
    }

    /// The kind as a file spells it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Segment => "segment",
            Self::Value => "value",
        }
    }
}

/// What a provider makes of PKCE (RFC 7636).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Pkce {
    /// The server refuses a login without it.
    Required,
    /// The server checks a challenge when there is one. S256 is always sent.
    #[default]
    Optional,
    /// The server refuses the parameter: it is left out.
    Unsupported,
}

/// How the parameters of the callback come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum ResponseMode {
    /// In the query of the redirect URI (RFC 6749 s4.1.2).
    #[default]
    Query,
    /// In a form that the browser posts to the redirect URI (OAuth 2.0 Form Post Response Mode).
    FormPost,
}

/// How one asks a provider for a refresh token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Offline {
    /// Not declared: the application cannot ask.
    #[default]
    Undeclared,
    /// A refresh token comes without being asked for.
    Always,
    /// There are no refresh tokens.
    Never,
    /// With one more scope, this value.
    Scope(Text),
    /// With these parameters of the authorization request.
    Params(#[cfg_attr(feature = "serde", serde(with = "crate::wire::params"))] List<Param>),
}

/// Where in the userinfo answer, or in the claims of the ID token, the user's profile stands: JSON pointers (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ProfilePointers {
    /// REQUIRED. The user's stable identifier at the provider.
    pub subject: Text,
    /// OPTIONAL. The name to show.
    #[cfg_attr(feature = "serde", serde(default))]
    pub name: Option<Text>,
    /// OPTIONAL. The e-mail address.
    #[cfg_attr(feature = "serde", serde(default))]
    pub email: Option<Text>,
    /// Whether the address is the user's.
    #[cfg_attr(feature = "serde", serde(default))]
    pub email_verified: EmailVerified,
    /// OPTIONAL. The URL of a picture.
    #[cfg_attr(feature = "serde", serde(default))]
    pub picture: Option<Text>,
}

/// What is known about an address of the profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EmailVerified {
    /// The provider only hands out addresses that it has verified.
    Always,
    /// The provider does not say: the address is not verified.
    #[default]
    Never,
    /// A boolean stands at this JSON pointer.
    At(Text),
}

/// A second call that gives the user's addresses, as a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct EmailsCall {
    /// REQUIRED. The endpoint, which answers with an array.
    pub endpoint: Text,
    /// REQUIRED. JSON pointer to the address, inside an element.
    pub address: Text,
    /// OPTIONAL. JSON pointer to the boolean that says whether it is verified.
    #[cfg_attr(feature = "serde", serde(default))]
    pub verified: Option<Text>,
    /// OPTIONAL. JSON pointer to the boolean that says whether it is the primary one.
    #[cfg_attr(feature = "serde", serde(default))]
    pub primary: Option<Text>,
}
