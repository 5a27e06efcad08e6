//! A form that is posted to the application: by a browser on behalf of a provider, or by the provider itself.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use crate::http_client::error::BoxError;

/// The form as it came, or the status of the refusal: `400` if it is none, `413` if it is longer than any that is needed.
pub(crate) async fn form<B>(headers: &HeaderMap, body: B) -> Result<String, StatusCode>
where
    B: Body<Data = Bytes> + Send,
    B::Error: Into<BoxError>,
{
    let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let kind = content_type.split(|byte| *byte == b';').next().unwrap_or_default();
    if !kind.trim_ascii().eq_ignore_ascii_case(b"application/x-www-form-urlencoded") {
        return Err(StatusCode::BAD_REQUEST);
    }
    let whole = Limited::new(body, MOST_BYTES).collect().await.map_err(|error| {
        match error.is::<LengthLimitError>() {
            true => StatusCode::PAYLOAD_TOO_LARGE,
            false => StatusCode::BAD_REQUEST,
        }
    })?;
    String::from_utf8(whole.to_bytes().into()).map_err(|_| StatusCode::BAD_REQUEST)
}

/// A code, or a token, and what goes with it.
const MOST_BYTES: usize = 128 * 1024;
