//! What an API answered.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// The answer of the provider's API.
#[derive(Debug)]
pub struct ApiResponse(Response<Bytes>);

impl ApiResponse {
    pub(crate) fn new(response: Response<Bytes>) -> Self {
        Self(response)
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The answer, if its status is a success.
    ///
    /// # Errors
    ///
    /// [`ApiError::Status`] if it is not.
    pub fn error_for_status(self) -> Result<Self, ApiError> {
        match self.status() {
            status if status.is_success() => Ok(self),
            status => Err(ApiError::Status { status }),
        }
    }

    /// The body.
    #[must_use]
    pub fn bytes(self) -> Bytes {
        self.0.into_body()
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unreadable`] if it is not UTF-8.
    pub async fn text(self) -> Result<String, ApiError> {
        String::from_utf8(self.bytes().into())
            .map_err(|_| ApiError::Unreadable { reason: "it is not UTF-8".to_owned() })
    }

    /// The body as a value in JSON.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unreadable`] if it is not JSON of that shape.
    pub async fn json<T: DeserializeOwned>(self) -> Result<T, ApiError> {
        serde_json::from_slice(&self.bytes()).map_err(|error| ApiError::Unreadable {
            reason: format!("no such JSON, in line {} column {}", error.line(), error.column()),
        })
    }
}
