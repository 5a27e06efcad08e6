//! The answers of an emulated server.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

/// Boxed, so that it is a small error of what refuses a request.
pub(super) struct Reply(Box<Response<Bytes>>);

impl Reply {
    pub(super) fn status(status: StatusCode) -> Self {
        Self::new(status, "text/plain; charset=utf-8", status.to_string())
    }

    pub(super) fn json(value: &Value) -> Self {
        Self::json_with(StatusCode::OK, value)
    }

    pub(super) fn text(text: String) -> Self {
        Self::new(StatusCode::OK, "text/plain; charset=utf-8", text)
    }

    /// A token that the issuer signed.
    pub(super) fn jwt(token: String) -> Self {
        Self::new(StatusCode::OK, "application/jwt", token)
    }

    pub(super) fn html(page: String) -> Self {
        Self::new(StatusCode::OK, "text/html; charset=utf-8", page)
    }

    /// A mistake of the client that the browser must not be sent back with (RFC 6749 s4.1.2.1).
    pub(super) fn refusal(words: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "text/plain; charset=utf-8", words.to_owned())
    }

    pub(super) fn json_with(status: StatusCode, value: &Value) -> Self {
        Self::new(status, "application/json", value.to_string())
    }

    pub(super) fn form(form: String) -> Self {
        Self::new(StatusCode::OK, "application/x-www-form-urlencoded", form)
    }

    pub(super) fn see_other(location: &str) -> Self {
        let mut reply = Self::status(StatusCode::SEE_OTHER);
        reply.header(LOCATION, location);
        reply
    }

    /// The bearer token is not, or no longer, good (RFC 6750 s3).
    pub(super) fn invalid_token() -> Self {
        let mut reply = Self::status(StatusCode::UNAUTHORIZED);
        reply.header(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        reply
    }

    fn new(status: StatusCode, content_type: &'static str, body: String) -> Self {
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Self(Box::new(response))
    }

    fn header(&mut self, name: HeaderName, value: &str) {
        // A value that no header can hold came from the request that is answered.
        if let Ok(value) = HeaderValue::from_str(value) {
            self.0.headers_mut().insert(name, value);
        }
    }

    pub(super) fn into_response(self) -> Response<Bytes> {
        *self.0
    }
}
