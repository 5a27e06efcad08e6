//! Why no response came.

use std::error::Error as StdError;
use std::fmt;

/// Any error.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// No response came, or none that could be taken.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<BoxError>,
}

/// What went wrong on the way.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: nothing had been written, so the request may be sent again.
    Connect,
    /// The connection broke; the server may have acted on the request.
    Failed,
    /// The answer did not come in time; the server may have acted on the request.
    TimedOut,
    /// The body is larger than that many bytes.
    TooLarge(usize),
}

impl TransportError {
    /// No connection could be made; nothing was written.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Connect, source: Some(source.into()) }
    }

    /// The exchange broke after the request may have been written.
    pub fn failed(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Failed, source: Some(source.into()) }
    }

    /// The answer did not come in time.
    pub fn timed_out(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::TimedOut, source: Some(source.into()) }
    }

    /// The body broke off. An adapter may have classified the error where it arose.
    pub(crate) fn from_body(error: impl Into<BoxError>) -> Self {
        error.into().downcast().map_or_else(Self::failed, |classified| *classified)
    }

    /// The body exceeds the limit.
    #[must_use]
    pub fn too_large(limit: usize) -> Self {
        Self { kind: TransportErrorKind::TooLarge(limit), source: None }
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether anything of the request may have reached the server.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.kind != TransportErrorKind::Connect
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TransportErrorKind::Connect => f.write_str("no connection to the server"),
            TransportErrorKind::Failed => f.write_str("the connection to the server broke"),
            TransportErrorKind::TimedOut => f.write_str("the server did not answer in time"),
            TransportErrorKind::TooLarge(limit) => {
                write!(f, "the answer is larger than {limit} bytes")
            }
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
