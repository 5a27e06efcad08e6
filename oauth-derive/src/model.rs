//! A provider, whole and valid: what the expansion writes down. An `Option` here is a key that may be left out.

use proc_macro2::Ident;
use syn::{Attribute, DeriveInput, Path, Type};

use crate::value::{Pkce, TokenEndpointAuthMethod};

/// Everything that one attribute and its struct declare.
pub(crate) struct ProviderModel {
    /// The struct as the user wrote it.
    pub(crate) item: DeriveInput,
    /// The crate that holds `__private`.
    pub(crate) root: Path,
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) endpoints: Endpoints,
    pub(crate) scopes: Vec<Scope>,
    /// Values, not variants.
    pub(crate) default_scopes: Vec<String>,
    pub(crate) scope_separator: String,
    pub(crate) pkce: Pkce,
    pub(crate) token_endpoint_auth_method: TokenEndpointAuthMethod,
    pub(crate) authorization_params: Vec<Param>,
    pub(crate) offline: Offline,
    pub(crate) headers: Vec<Param>,
    pub(crate) token_response: Vec<ResponseField>,
    pub(crate) profile: Option<Profile>,
    pub(crate) emails: Option<Emails>,
    pub(crate) dialect: DialectModel,
    /// The fields of the struct, in order.
    pub(crate) placeholders: Vec<Placeholder>,
}

/// The URLs of a provider.
pub(crate) struct Endpoints {
    pub(crate) issuer: Option<String>,
    pub(crate) authorization_endpoint: String,
    pub(crate) token_endpoint: String,
    pub(crate) revocation_endpoint: Option<String>,
    pub(crate) userinfo_endpoint: Option<String>,
    pub(crate) jwks_uri: Option<String>,
    pub(crate) end_session_endpoint: Option<String>,
    pub(crate) api_base: Option<String>,
    pub(crate) api_origins: Vec<String>,
}

/// A scope: a variant of the generated enum.
pub(crate) struct Scope {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) variant: Ident,
    pub(crate) value: String,
}

/// A name and its value: a parameter or a header.
pub(crate) struct Param {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// How one asks for a refresh token.
pub(crate) enum Offline {
    Undeclared,
    Always,
    Never,
    Scope(String),
    Params(Vec<Param>),
}

/// A field of the generated token response.
pub(crate) struct ResponseField {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) serde: Vec<Attribute>,
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// Its name in the JSON answer.
    pub(crate) wire_name: String,
}

/// JSON pointers into the userinfo answer.
pub(crate) struct Profile {
    pub(crate) subject: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) email_verified: EmailVerified,
    pub(crate) picture: Option<String>,
}

/// What is known about an address in the userinfo answer.
pub(crate) enum EmailVerified {
    Always,
    Never,
    At(String),
}

/// The second call for the user's addresses.
pub(crate) struct Emails {
    pub(crate) endpoint: String,
    pub(crate) address: String,
    pub(crate) verified: Option<String>,
    pub(crate) primary: Option<String>,
}

/// A field of the struct, which fills a placeholder.
pub(crate) struct Placeholder {
    pub(crate) field: Ident,
    /// Without the `r#` that a keyword has as field.
    pub(crate) name: String,
    pub(crate) kind: PlaceholderKind,
    /// What the user's doc comment says of it.
    pub(crate) doc: String,
}

/// Where a placeholder may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceholderKind {
    Host,
    Segment,
}

impl PlaceholderKind {
    /// The type of the field, as users write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Host => "Host",
            Self::Segment => "Segment",
        }
    }
}

/// The named departures from the RFC.
#[derive(Default)]
pub(crate) struct DialectModel {
    pub(crate) callback_issuer: Option<String>,
    pub(crate) refresh_endpoint: Option<String>,
    pub(crate) refresh_keeps: bool,
}
