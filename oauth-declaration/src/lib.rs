//! What an OAuth 2.0 provider says about itself, as data, and the rules that hold for it.
//!
//! It is one crate because two need it: `oauth-derive`, which checks a declaration while a program is compiled and can
//! export nothing but its attribute, and `oauth-runtime`, which reads one and checks what is made while a program runs.
//! Applications find everything of it in `oauth-runtime` and `oauth-providers`.
//!
//! # Invariants
//!
//! - A declaration is data: nothing here sends, reads a file or knows a server.
//! - A rule stands here once, as a sentence of [`Declaration::mistakes`], whoever asks for it.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod auth_method;
mod check;
mod declaration;
mod departures;
mod dialect;
mod mistake;
mod names;
mod param;
mod place;
mod reading;
#[doc(hidden)]
pub mod sentence;
#[doc(hidden)]
pub mod source;
mod text;
mod value;
#[cfg(feature = "serde")]
mod wire;

pub use crate::auth_method::TokenEndpointAuthMethod;
pub use crate::declaration::{
    Declaration, DeclaredField, DeclaredScope, EmailVerified, EmailsCall, Offline, Pkce,
    Placeholder, PlaceholderKind, ProfilePointers, ResponseMode,
};
#[doc(hidden)]
pub use crate::departures::code;
pub use crate::dialect::{
    Dialect, ErrorWhen, ExpiresIn, RevocationRequest, TenantIssuer, TokenRequest,
    TokenRequestMethod, TokenResponseFormat, UserinfoRequest,
};
pub use crate::mistake::Mistake;
pub use crate::names::{
    CALLBACK_PARAMETERS, END_SESSION_PARAMETERS, PROTOCOL_PARAMETERS, REFRESH_PARAMETERS,
    RESERVED_HEADERS, TOKEN_REQUEST_PARAMETERS, TOKEN_RESPONSE_FIELDS,
};
pub use crate::param::{Param, ParamValue, RequestParam};
pub use crate::place::Place;
#[doc(hidden)]
pub use crate::reading::Reading;
pub use crate::text::{List, Text};
