//! Answers that an emulated endpoint is told to give.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{Response, StatusCode};
use serde_json::Value;

/// `200` with a value in JSON.
pub(crate) fn json(value: &Value) -> Response<Bytes> {
    answer(StatusCode::OK, "application/json", value.to_string())
}

/// Any status with any body.
pub(crate) fn answer(
    status: StatusCode,
    content_type: &str,
    body: impl Into<Bytes>,
) -> Response<Bytes> {
    let response = Response::builder().status(status).header(CONTENT_TYPE, content_type);
    response.body(body.into()).unwrap()
}

/// A redirect.
pub(crate) fn redirect(status: u16, location: &str) -> Response<Bytes> {
    Response::builder().status(status).header(LOCATION, location).body(Bytes::new()).unwrap()
}
