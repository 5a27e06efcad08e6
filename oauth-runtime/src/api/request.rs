//! One call, from its parts to its answer.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri};
use oauth_declaration::Dialect;
use serde::Serialize;
use tracing::field::Empty;
use tracing::{Instrument as _, debug_span};
use url::Url;

use crate::api::response::ApiResponse;
use crate::api::source::Source;
use crate::bearer;
use crate::encoding::form;
use crate::error::ApiError;
use crate::http_client::error::TransportError;
use crate::http_client::stream::BodyStream;
use crate::http_client::{BodyLimit, BoxFuture, HttpClient};
use crate::token::Tokens;

/// A call to the provider's API that has not been sent.
#[derive(Debug)]
pub struct ApiRequest {
    source: Source,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
    form: Option<Vec<(String, String)>>,
    limit: BodyLimit,
}

impl ApiRequest {
    pub(crate) fn new(source: Source, method: Method, url: Url) -> Self {
        let headers = source.engine().registration.headers.clone();
        let (body, form) = (Bytes::new(), None);
        Self { source, method, url, headers, body, form, limit: BodyLimit::API }
    }

    /// Takes no larger answer than this.
    pub(crate) fn limit(mut self, limit: BodyLimit) -> Self {
        self.limit = limit;
        self
    }

    /// Posts these fields, and the access token with them instead of in a header.
    pub(crate) fn form_with_token(mut self, fields: Vec<(String, String)>) -> Self {
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        self.headers.insert(CONTENT_TYPE, form_type);
        self.form = Some(fields);
        self
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

    /// Sends the request with the user's access token, renewed if need be.
    ///
    /// If the API says that the token is no longer good (`401` with a bearer challenge), it is renewed and the
    /// request sent once more: the API has not acted on it.
    ///
    /// # Errors
    ///
    /// [`ApiError::Reconnect`] if the user must log in again, [`ApiError::Unavailable`] if the token cannot be
    /// renewed now, [`ApiError::Transport`] if no answer came. Any status is an answer; see
    /// [`ApiResponse::error_for_status`].
    pub async fn send(self) -> Result<ApiResponse, ApiError> {
        let response = self.authorized(|http_client, request| http_client.call(request)).await?;
        Ok(ApiResponse::new(response))
    }

    /// Sends the request as [`send`](Self::send) does, and hands out the answer before its body is there: for what
    /// is too large to be kept.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn stream(self) -> Result<Response<BodyStream>, ApiError> {
        self.authorized(|http_client, request| http_client.stream(request)).await
    }

    async fn authorized<T>(
        mut self,
        call: impl for<'c> Fn(&'c dyn HttpClient, Request<Bytes>) -> Answer<'c, T>,
    ) -> Result<Response<T>, ApiError> {
        self.headers.remove(HOST);
        let http_client = Arc::clone(&self.source.engine().http_client);
        let tokens = self.source.tokens().await?;
        let span = debug_span!("oauth.api", provider = self.source.engine().key(), status = Empty);
        let request = self.with_bearer(&tokens)?;
        let response = call(&*http_client, request).instrument(span.clone()).await?;
        span.record("status", response.status().as_u16());
        if tokens.refresh_token().is_none() || !is_refused(&response, self.dialect()) {
            return Ok(response);
        }
        let renewed = self.source.other_than(&tokens).await?;
        Ok(call(&*http_client, self.with_bearer(&renewed)?).instrument(span).await?)
    }

    fn dialect(&self) -> &Dialect {
        &self.source.engine().registration.declaration.dialect
    }

    fn with_bearer(&self, tokens: &Tokens) -> Result<Request<Bytes>, ApiError> {
        let uri = Uri::try_from(self.url.as_str());
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri.map_err(|error| ApiError::Malformed(error.into()))?;
        *request.headers_mut() = self.headers.clone();
        request.extensions_mut().insert(self.limit);
        match &self.form {
            Some(fields) => *request.body_mut() = with_token(fields, tokens),
            None => bearer::attach(&mut request, self.dialect(), tokens.access_token())
                .map_err(|error| ApiError::Malformed(error.into()))?,
        }
        Ok(request)
    }
}

/// What an HTTP client answers with.
type Answer<'c, T> = BoxFuture<'c, Result<Response<T>, TransportError>>;

/// The fields of a form, and the token.
fn with_token(fields: &[(String, String)], tokens: &Tokens) -> Bytes {
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    form(fields.chain([("access_token", tokens.access_token().expose())])).into()
}

/// Whether the API says that the token is not, or no longer, good (RFC 6750 s3.1).
fn is_refused<T>(response: &Response<T>, dialect: &Dialect) -> bool {
    let challenges = response.headers().get_all(WWW_AUTHENTICATE);
    let scheme = bearer::scheme(dialect).to_ascii_lowercase();
    let refused = |challenge: &str| {
        let challenge = challenge.to_ascii_lowercase();
        (challenge.starts_with("bearer") || challenge.starts_with(&scheme))
            && (!challenge.contains("error=") || challenge.contains("invalid_token"))
    };
    response.status() == StatusCode::UNAUTHORIZED
        && challenges.iter().filter_map(|challenge| challenge.to_str().ok()).any(refused)
}
