//! The only path that generated code uses. Not part of the public interface.

pub use std::borrow::Cow;
pub use std::convert::{AsRef, From, Into};
pub use std::option::Option;
pub use std::result::Result;
pub use std::string::String;

pub use serde;

pub use crate::declaration::{
    Declaration, DeclaredField, DeclaredScope, Dialect, EmailVerified, EmailsCall, Offline, Param,
    Pkce, Placeholder, PlaceholderKind, ProfilePointers, TokenEndpointAuthMethod,
};
pub use crate::parameter::{Host, ParameterError, Segment};
pub use crate::provider::{HasProfile, HasRevocation, Provider, ProviderTokenResponse, ScopeOf};
pub use crate::scope::Scope;
pub use crate::token::{FieldError, TokenResponse};
