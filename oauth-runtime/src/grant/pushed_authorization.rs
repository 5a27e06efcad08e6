//! A login is announced to the provider before the browser goes there ([RFC 9126]).
//!
//! [RFC 9126]: https://www.rfc-editor.org/rfc/rfc9126

use std::borrow::Cow;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde::Deserialize;
use url::Url;

use crate::clock::Timestamp;
use crate::credentials::ClientAuthentication;
use crate::error::TokenError;
use crate::error_response::ErrorResponse;
use crate::grant::parameters::Field;
use crate::grant::retry_after;
use crate::grant::token_endpoint;
use crate::registration::Registration;

/// The request: all that the browser would have carried, with the client's authentication.
pub(crate) fn request(
    registration: &Registration,
    endpoint: &Url,
    query: &str,
) -> Result<Request<Bytes>, TokenError> {
    let id_param = &*registration.client_id_param;
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let mut fields: Vec<Field<'_>> = pairs.filter(|(name, _)| name != id_param).collect();
    let authentication = &registration.authentication;
    if matches!(authentication, ClientAuthentication::ClientSecretBasic(_)) {
        // The others put it into the form themselves.
        fields.push((Cow::Borrowed(id_param), Cow::Borrowed(&registration.client_id)));
    }
    token_endpoint::request(Method::POST, registration, endpoint, authentication, fields)
}

/// Reads the reference that the provider gave (RFC 9126 s2.2, s2.3).
pub(crate) fn read(response: &Response<Bytes>, now: Timestamp) -> Result<String, TokenError> {
    #[derive(Deserialize)]
    struct Members<'a> {
        #[serde(borrow)]
        request_uri: Option<Cow<'a, str>>,
        #[serde(borrow)]
        error: Option<Cow<'a, str>>,
        #[serde(borrow)]
        error_description: Option<Cow<'a, str>>,
    }
    let status = response.status();
    let retry_after = retry_after::read(response.headers(), now);
    let unreadable = |reason| TokenError::Unreadable { status, reason, retry_after };
    let members: Members<'_> = serde_json::from_slice(response.body())
        .map_err(|_| unreadable("it is not an object in JSON"))?;
    if let Some(code) = members.error {
        let response = ErrorResponse::new(&code, members.error_description.as_deref());
        return Err(TokenError::Rejected { response, retry_after });
    }
    let is_success = matches!(status, StatusCode::CREATED | StatusCode::OK);
    let reference = members.request_uri.filter(|uri| is_success && !uri.is_empty());
    reference.map(Cow::into_owned).ok_or_else(|| unreadable("it has no `request_uri`"))
}
