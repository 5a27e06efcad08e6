//! What we say: one enum for each place where a caller stands.
//!
//! Each variant is named by what happened, holds facts and never a secret, and keeps its cause as
//! `source()`. `code()` is a stable word for logs and metrics.

use std::error::Error as StdError;
use std::time::Duration;

use crate::entropy::EntropyError;
use crate::error_response::{ErrorCode, ErrorResponse};
use crate::http_client::error::{BoxError, TransportError, TransportErrorKind};
use crate::jwt_error::JwtError;
use crate::metadata::MetadataError;

/// The back channel answered, or did not: the token endpoint.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The application's own source of the client's secret failed; nothing was sent.
    #[error("the client's secret could not be read")]
    ClientSecret(#[source] BoxError),
    /// The ID token of the answer is not to be believed, so that nothing of the answer is.
    #[error("the ID token of the answer is not to be believed")]
    IdToken(#[source] JwtError),
    /// It is not known where the token endpoint is; nothing was sent.
    #[error("the provider's metadata could not be had")]
    Metadata(#[from] MetadataError),
    /// The provider wants a value that is not known here: a refresh token that the application kept itself does not bring
    /// what the callback of its login carried. Nothing was sent.
    #[error("the provider wants `{name}`, which only a login brings")]
    Parameter {
        /// The name of the parameter.
        name: String,
    },
    /// The server refused.
    #[error("the token endpoint answered {response}")]
    Rejected {
        /// What the server said.
        response: ErrorResponse,
        /// How long it asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// What would be sent is longer than a request may be. Nothing was sent.
    #[error("the request is longer than a request may be")]
    TooLong,
    /// No answer came, or none that could be taken.
    #[error("the token endpoint could not be reached")]
    Transport(#[from] TransportError),
    /// The answer is not a token response.
    #[error("the token endpoint answered {status} with what is not a token response: {reason}")]
    Unreadable {
        /// The status of the answer.
        status: http::StatusCode,
        /// What is wrong with it.
        reason: &'static str,
        /// How long the server asks to be left alone.
        retry_after: Option<Duration>,
    },
}

impl TokenError {
    /// How long the server asks to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Rejected { retry_after, .. } | Self::Unreadable { retry_after, .. } => {
                *retry_after
            }
            Self::ClientSecret(_)
            | Self::IdToken(_)
            | Self::Metadata(_)
            | Self::Parameter { .. }
            | Self::TooLong
            | Self::Transport(_) => None,
        }
    }

    /// A stable word for what happened.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ClientSecret(_) => "client_secret",
            Self::IdToken(_) => "id_token",
            Self::Metadata(_) => "metadata",
            Self::Parameter { .. } => "parameter",
            Self::Rejected { .. } => "rejected",
            Self::TooLong => "too_long",
            Self::Transport(_) => "transport",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// The status with which our own answer tells a browser of it.
    fn status(&self) -> http::StatusCode {
        match self {
            Self::ClientSecret(_) | Self::Metadata(_) => http::StatusCode::SERVICE_UNAVAILABLE,
            Self::IdToken(error) => jwt_status(error),
            Self::Parameter { .. } | Self::TooLong => http::StatusCode::BAD_REQUEST,
            Self::Rejected { response, .. } => refusal_status(response),
            Self::Transport(error) if error.kind() == TransportErrorKind::TimedOut => {
                http::StatusCode::GATEWAY_TIMEOUT
            }
            Self::Transport(_) | Self::Unreadable { .. } => http::StatusCode::BAD_GATEWAY,
        }
    }
}

/// The browser came back, and was not logged in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallbackError {
    /// The user, or the provider for them, said no.
    #[error("the login was denied: {0}")]
    Denied(ErrorResponse),
    /// The code could not be exchanged for a token.
    #[error("the code could not be exchanged")]
    Exchange(#[from] TokenError),
    /// The ID token is not to be believed.
    #[error("the ID token is not to be believed")]
    IdToken(#[source] JwtError),
    /// The answer names an issuer that was not asked (RFC 9207).
    #[error("the answer comes from another issuer than the one asked")]
    IssuerMismatch,
    /// The callback is not an authorization response.
    #[error("the callback is not an authorization response: {0}")]
    Malformed(&'static str),
    /// It is not known where the provider's endpoints are.
    #[error("the provider's metadata could not be had")]
    Metadata(#[from] MetadataError),
    /// This browser has no login under way with that state: it is over, too old, or another browser's.
    #[error("no login is under way that this callback belongs to")]
    NoPendingLogin,
    /// The provider answered with an error.
    #[error("the provider answered {0}")]
    Provider(ErrorResponse),
    /// The provider did not take the request with which a login begins (RFC 9126).
    #[error("the login could not be announced to the provider")]
    PushedRequest(#[source] TokenError),
    /// The application refused the user.
    #[error("the application refused the login: {reason}")]
    Refused {
        /// The words for the user.
        reason: String,
        /// What failed, if it was not the application's decision.
        source: Option<BoxError>,
    },
    /// The browser completed a login a moment ago, and is not logged in: it does not keep the session's cookie.
    #[error("the browser did not keep the session of a login that it has just completed")]
    SessionLost,
    /// The state is not the one of the login under way.
    #[error("the state does not match the login under way")]
    StateMismatch,
    /// The login or its tokens could not be kept or read.
    #[error("the login could not be kept or read")]
    Store(#[from] PersistenceError),
}

impl CallbackError {
    /// A stable word for what happened.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Denied(_) => "denied",
            Self::Exchange(_) => "exchange",
            Self::IdToken(_) => "id_token",
            Self::IssuerMismatch => "issuer_mismatch",
            Self::Malformed(_) => "malformed",
            Self::Metadata(_) => "metadata",
            Self::NoPendingLogin => "no_pending_login",
            Self::Provider(_) => "provider",
            Self::PushedRequest(_) => "pushed_request",
            Self::Refused { .. } => "refused",
            Self::SessionLost => "session_lost",
            Self::StateMismatch => "state_mismatch",
            Self::Store(_) => "store",
        }
    }

    /// The status of the default answer: 5xx only where the provider or the store failed.
    #[must_use]
    pub fn status(&self) -> http::StatusCode {
        match self {
            Self::Denied(_) | Self::Refused { .. } => http::StatusCode::FORBIDDEN,
            Self::Exchange(error) | Self::PushedRequest(error) => error.status(),
            Self::IdToken(error) => jwt_status(error),
            Self::Provider(error) => refusal_status(error),
            Self::Store(error) => error.status(),
            Self::Metadata(_) => http::StatusCode::SERVICE_UNAVAILABLE,
            Self::IssuerMismatch
            | Self::Malformed(_)
            | Self::NoPendingLogin
            | Self::SessionLost
            | Self::StateMismatch => http::StatusCode::BAD_REQUEST,
        }
    }
}

/// 503 where the keys could not be had, else 400: the token was at fault.
fn jwt_status(error: &JwtError) -> http::StatusCode {
    match error {
        JwtError::Keys(_) => http::StatusCode::SERVICE_UNAVAILABLE,
        _ => http::StatusCode::BAD_REQUEST,
    }
}

/// 503 or 502 where the server says that it failed, else 400: the request was at fault.
fn refusal_status(error: &ErrorResponse) -> http::StatusCode {
    match error.code() {
        ErrorCode::TemporarilyUnavailable => http::StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::ServerError => http::StatusCode::BAD_GATEWAY,
        _ => http::StatusCode::BAD_REQUEST,
    }
}

/// The application does not let this user in: what `on_login` returns.
///
/// The reason is shown to the user on the default page.
#[derive(Debug)]
pub struct Refused {
    reason: String,
    source: Option<BoxError>,
}

impl Refused {
    /// Refuses with words for the user.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), source: None }
    }
}

impl Refused {
    /// Refuses with words for the user, because of something that failed.
    pub fn because(reason: impl Into<String>, cause: impl Into<BoxError>) -> Self {
        Self { reason: reason.into(), source: Some(cause.into()) }
    }
}

impl From<Refused> for CallbackError {
    fn from(Refused { reason, source }: Refused) -> Self {
        Self::Refused { reason, source }
    }
}

/// Lets `?` refuse a login for which the application's own work failed; the user sees no detail.
impl<E: StdError + Send + Sync + 'static> From<E> for Refused {
    fn from(error: E) -> Self {
        Self {
            reason: "the login could not be completed".to_owned(),
            source: Some(Box::new(error)),
        }
    }
}

/// A persistence could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PersistenceError {
    /// There is no randomness to be had.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// What must be kept is larger than the cookies may hold.
    #[error(
        "the session needs {bytes} bytes of cookies, more than the {most} allowed; keep it in a store instead"
    )]
    TooLarge {
        /// What it needs.
        bytes: usize,
        /// What is allowed.
        most: usize,
    },
    /// The backend failed.
    #[error("the store failed")]
    Unavailable(#[source] BoxError),
    /// The persistence does not do this.
    #[error("the persistence does not support {what}")]
    Unsupported {
        /// What it does not.
        what: &'static str,
    },
}

impl PersistenceError {
    /// The backend failed, for this reason.
    pub fn unavailable(source: impl Into<BoxError>) -> Self {
        Self::Unavailable(source.into())
    }

    fn status(&self) -> http::StatusCode {
        match self {
            Self::TooLarge { .. } | Self::Unsupported { .. } => {
                http::StatusCode::INTERNAL_SERVER_ERROR
            }
            Self::Entropy(_) | Self::Unavailable(_) => http::StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// A call to the provider's API did not give an answer that could be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// The URL may not receive the token: it is none of the provider's declared origins.
    #[error("`{url}` is outside the declared API of the provider; the token stays here")]
    ForeignOrigin {
        /// The URL, without its query.
        url: String,
    },
    /// The request cannot be built.
    #[error("the request is not well formed")]
    Malformed(#[source] BoxError),
    /// It is not known where the provider's endpoints are.
    #[error("the provider's metadata could not be had")]
    Metadata(#[from] MetadataError),
    /// The declaration names no `api_base`, so that only whole URLs can be called.
    #[error("the provider declares no `api_base` to resolve a path against")]
    NoApiBase,
    /// The signed answer to the question who the user is, is not to be believed.
    #[error("who the user is, is not to be believed")]
    Profile(#[source] JwtError),
    /// The user must log in again.
    #[error("the user must log in again at `{login_url}`")]
    Reconnect {
        /// Where a browser logs in again.
        login_url: String,
    },
    /// The token has expired, and is renewed on a tokio runtime, of which there is none.
    #[error("the token cannot be renewed outside of a tokio runtime")]
    NoRuntime,
    /// The API answered with a status that is not a success.
    #[error("the API answered {status}")]
    Status {
        /// The status.
        status: http::StatusCode,
    },
    /// No answer came, or none that could be taken.
    #[error("the API could not be reached")]
    Transport(#[from] TransportError),
    /// The token has expired and cannot be renewed now; the user is still connected.
    #[error("the token cannot be renewed now; try again in {} s", retry_after.as_secs())]
    Unavailable {
        /// When it is worth another try.
        retry_after: Duration,
    },
    /// Neither the declaration nor the issuer's metadata name what the call needs.
    #[error("the provider has no `{key}`")]
    Undeclared {
        /// The key of the declaration.
        key: &'static str,
    },
    /// The answer is not what was expected.
    #[error("the answer of the API could not be read: {reason}")]
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
}

impl ApiError {
    /// A stable word for what happened.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ForeignOrigin { .. } => "foreign_origin",
            Self::Malformed(_) => "malformed",
            Self::Metadata(_) => "metadata",
            Self::NoApiBase => "no_api_base",
            Self::NoRuntime => "no_runtime",
            Self::Profile(_) => "profile",
            Self::Reconnect { .. } => "reconnect",
            Self::Status { .. } => "status",
            Self::Transport(_) => "transport",
            Self::Unavailable { .. } => "unavailable",
            Self::Undeclared { .. } => "undeclared",
            Self::Unreadable { .. } => "unreadable",
        }
    }
}

/// An error and its causes in one line, outermost first.
pub(crate) fn causes(error: &(dyn StdError + 'static)) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}
