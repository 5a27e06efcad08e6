//! A token is given back ([RFC 7009]).
//!
//! [RFC 7009]: https://www.rfc-editor.org/rfc/rfc7009

use std::borrow::Cow;

use bytes::Bytes;
use http::{Method, Request};
use oauth_declaration::RevocationRequest;
use url::Url;

use crate::bearer;
use crate::error::TokenError;
use crate::grant::token_endpoint;
use crate::http_client::BodyLimit;
use crate::http_client::error::TransportError;
use crate::registration::Registration;
use crate::token::Tokens;

/// The request that revokes the refresh token, and with it what it was good for; without one, or where the dialect says
/// so, the access token.
pub(crate) fn request(
    registration: &Registration,
    endpoint: &Url,
    tokens: &Tokens,
) -> Result<Request<Bytes>, TokenError> {
    let access_token = tokens.access_token().expose();
    let is_one = !registration.answers.refreshes_itself;
    let refresh_token = tokens.refresh_token().filter(|_| is_one);
    let fields = match registration.declaration.dialect.revocation_request {
        RevocationRequest::Bearer => return with_bearer(registration, endpoint, tokens),
        RevocationRequest::AccessToken => vec![("access_token", access_token)],
        // Where an access token is presented for a newer one, it is no refresh token.
        RevocationRequest::Token => match refresh_token {
            Some(token) => vec![("token", token.expose()), ("token_type_hint", "refresh_token")],
            None => vec![("token", access_token), ("token_type_hint", "access_token")],
        },
    };
    let fields = fields.into_iter().map(|(name, value)| (Cow::Borrowed(name), value.into()));
    let authentication = &registration.authentication;
    token_endpoint::request(Method::POST, registration, endpoint, authentication, fields.collect())
}

fn with_bearer(
    registration: &Registration,
    endpoint: &Url,
    tokens: &Tokens,
) -> Result<Request<Bytes>, TokenError> {
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = endpoint.as_str().parse().expect("build() took this URL for an endpoint");
    *request.headers_mut() = registration.headers.clone();
    request.extensions_mut().insert(BodyLimit::BACK_CHANNEL);
    bearer::attach(&mut request, &registration.declaration.dialect, tokens.access_token())
        .map_err(TransportError::connect)?;
    Ok(request)
}
