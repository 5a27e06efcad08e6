//! Extractors for axum: `Session<P>`, and `Option<Session<P>>` behind an optional filter.

use std::any::TypeId;

use axum_core::body::Body;
use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::StatusCode;
use http::request::Parts;

use crate::answer;
use crate::authenticated::{Findings, NoFilter, Unfound};
use crate::body::login_required;
use crate::error::ApiError;
use crate::provider::Provider;
use crate::session::Session;

impl<P: Provider, S: Sync> FromRequestParts<S> for Session<P> {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let key = Findings::unnamed(&parts.extensions, TypeId::of::<P>())?;
        if let Some(session) = Self::find(&parts.extensions, &key)? {
            return Ok(session);
        }
        let login_url = Findings::login_url(&parts.extensions, &key)?;
        Err(SessionRejection::LoginRequired { login_url })
    }
}

impl<P: Provider, S: Sync> OptionalFromRequestParts<S> for Session<P> {
    type Rejection = SessionRejection;

    async fn from_request_parts(
        parts: &mut Parts,
        _state: &S,
    ) -> Result<Option<Self>, Self::Rejection> {
        let key = Findings::unnamed(&parts.extensions, TypeId::of::<P>())?;
        Ok(Self::find(&parts.extensions, &key)?)
    }
}

/// There is no session for the handler.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SessionRejection {
    /// A mistake of the application: `500`. Two providers of one type, `Declared` or `OpenId`, stand before the handler, and
    /// an extractor knows the type alone.
    #[error(
        "two providers of this type stand before the handler; give each a `.name(\"…\")`, and ask `oauth.session(…)`"
    )]
    Ambiguous,
    /// The filter let a request pass that nobody is logged in for: `401` with the login URL.
    #[error("a login is required at `{login_url}`")]
    LoginRequired {
        /// Where a browser logs in.
        login_url: String,
    },
    /// A mistake of the application: `500`.
    #[error(transparent)]
    NoFilter(#[from] NoFilter),
}

impl From<Unfound> for SessionRejection {
    fn from(unfound: Unfound) -> Self {
        match unfound {
            Unfound::NoFilter(error) => Self::NoFilter(error),
            Unfound::Ambiguous => Self::Ambiguous,
        }
    }
}

impl IntoResponse for SessionRejection {
    fn into_response(self) -> Response {
        match self {
            Self::LoginRequired { login_url } => {
                answer::unauthorized(login_required(&login_url)).map(Body::new)
            }
            Self::Ambiguous | Self::NoFilter(_) => {
                tracing::error!(error = %self, "a handler asks for a session that nobody looks for");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// `401` with the login URL where the user must log in again, else `502`: a handler may return it with `?`.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        tracing::warn!(error = %self, outcome = self.code(), "oauth.api: a handler failed");
        match self {
            Self::Reconnect { login_url } => {
                answer::unauthorized(login_required(&login_url)).map(Body::new)
            }
            Self::Unavailable { retry_after } => {
                answer::unavailable(Some(retry_after)).map(Body::new)
            }
            Self::Metadata(_) => answer::unavailable(None).map(Body::new),
            Self::Profile(_)
            | Self::Status { .. }
            | Self::Transport(_)
            | Self::Undeclared { .. }
            | Self::Unreadable { .. } => StatusCode::BAD_GATEWAY.into_response(),
            Self::ForeignOrigin { .. } | Self::Malformed(_) | Self::NoApiBase | Self::NoRuntime => {
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}
