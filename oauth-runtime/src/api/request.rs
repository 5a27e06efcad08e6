//! One call, from its parts to its answer.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use serde::Serialize;
use tracing::field::Empty;
use tracing::{Instrument as _, debug_span};
use url::Url;
use zeroize::Zeroizing;

use crate::api::response::ApiResponse;
use crate::authenticated::Authenticated;
use crate::error::ApiError;
use crate::http_client::BodyLimit;

/// A call to the provider's API that has not been sent.
#[derive(Debug)]
pub struct ApiRequest {
    authenticated: Authenticated,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
}

impl ApiRequest {
    pub(crate) fn new(authenticated: Authenticated, method: Method, url: Url) -> Self {
        let headers = authenticated.engine.registration.headers.clone();
        Self { authenticated, method, url, headers, body: Bytes::new() }
    }

    /// Sets a header.
    ///
    /// `Authorization` and `Host` are the library's: what is set here is replaced.
    ///
    /// # Errors
    ///
    /// [`ApiError::Malformed`] if no header can hold the name or the value.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, ApiError> {
        let name = HeaderName::try_from(name).map_err(|error| ApiError::Malformed(error.into()))?;
        let value =
            HeaderValue::try_from(value).map_err(|error| ApiError::Malformed(error.into()))?;
        self.headers.insert(name, value);
        Ok(self)
    }

    /// Adds a parameter to the query.
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets the body to a value as JSON.
    ///
    /// # Errors
    ///
    /// [`ApiError::Malformed`] if the value has no JSON form.
    pub fn json(mut self, value: &impl Serialize) -> Result<Self, ApiError> {
        self.body =
            serde_json::to_vec(value).map_err(|error| ApiError::Malformed(error.into()))?.into();
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(self)
    }

    /// Sends the request with the user's access token.
    ///
    /// # Errors
    ///
    /// [`ApiError::Reconnect`] if the token has expired, [`ApiError::Transport`] if no answer came. Any status
    /// is an answer; see [`ApiResponse::error_for_status`].
    pub async fn send(mut self) -> Result<ApiResponse, ApiError> {
        let Authenticated { engine, tokens } = &self.authenticated;
        if tokens.is_expired(engine.clock.now()) {
            return Err(ApiError::Reconnect { login_url: engine.login_url(None) });
        }
        self.headers.remove(http::header::HOST);
        self.headers.insert(AUTHORIZATION, bearer(tokens.access_token.expose())?);
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = self
            .url
            .as_str()
            .parse()
            .map_err(|error: http::uri::InvalidUri| ApiError::Malformed(error.into()))?;
        *request.headers_mut() = self.headers;
        request.extensions_mut().insert(BodyLimit::API);
        let span = debug_span!("oauth.api", provider = engine.key(), status = Empty);
        let response = engine.http_client.call(request).instrument(span.clone()).await?;
        span.record("status", response.status().as_u16());
        Ok(ApiResponse::new(response))
    }
}

fn bearer(token: &str) -> Result<HeaderValue, ApiError> {
    let value = Zeroizing::new(format!("Bearer {token}"));
    let mut header =
        HeaderValue::from_str(&value).map_err(|error| ApiError::Malformed(error.into()))?;
    header.set_sensitive(true);
    Ok(header)
}
