//! The client that a session hands out.

use http::Method;

use crate::api::request::ApiRequest;
use crate::api::target;
use crate::authenticated::Authenticated;
use crate::error::ApiError;

/// Calls the provider's API as the user: the third of the trio.
///
/// A path is appended to the declaration's `api_base`; a whole URL is taken if its origin is declared. The
/// access token goes nowhere else, and no redirect is followed.
#[derive(Clone, Debug)]
pub struct ApiClient {
    authenticated: Authenticated,
}

impl ApiClient {
    pub(crate) fn new(authenticated: Authenticated) -> Self {
        Self { authenticated }
    }

    /// A `GET` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn get(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::GET, path)
    }

    /// A `POST` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn post(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::POST, path)
    }

    /// A `PUT` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn put(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::PUT, path)
    }

    /// A `PATCH` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn patch(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::PATCH, path)
    }

    /// A `DELETE` request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn delete(&self, path: &str) -> Result<ApiRequest, ApiError> {
        self.request(Method::DELETE, path)
    }

    /// A request of any method.
    ///
    /// # Errors
    ///
    /// [`ApiError::ForeignOrigin`] if the URL may not receive the token, [`ApiError::NoApiBase`] if a path has
    /// nothing to be appended to, [`ApiError::Malformed`] if it is no URL.
    pub fn request(&self, method: Method, path: &str) -> Result<ApiRequest, ApiError> {
        let url = target::resolve(&self.authenticated.engine.registration, path)?;
        Ok(ApiRequest::new(self.authenticated.clone(), method, url))
    }
}
