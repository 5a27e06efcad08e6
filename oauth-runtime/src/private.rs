//! The only path that generated code uses. Not part of the public interface.

pub use std::borrow::Cow;
pub use std::convert::{AsRef, From, Into};
pub use std::option::Option;
pub use std::result::Result;
pub use std::string::String;

pub use oauth_declaration::{
    Declaration, DeclaredField, DeclaredScope, Dialect, EmailVerified, EmailsCall, ErrorWhen,
    ExpiresIn, Offline, Param, ParamValue, Pkce, Placeholder, PlaceholderKind, ProfilePointers,
    RequestParam, ResponseMode, RevocationRequest, TenantIssuer, TokenEndpointAuthMethod,
    TokenRequest, TokenRequestMethod, TokenResponseFormat, UserinfoRequest,
};
pub use serde;

pub use crate::members::Members;
pub use crate::parameter::{Host, ParameterError, Segment, Value};
pub use crate::provider::{
    HasDeclaration, HasEndSession, HasIdToken, HasProfile, HasRefresh, HasRevocation, Provider,
    ProviderTokenResponse, ScopeOf,
};
pub use crate::scope::Scope;
pub use crate::token::{FieldError, TokenResponse};
