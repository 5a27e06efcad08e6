//! A token is given back ([RFC 7009]).
//!
//! [RFC 7009]: https://www.rfc-editor.org/rfc/rfc7009

use bytes::Bytes;

use crate::error::TokenError;
use crate::grant::token_endpoint;
use crate::registration::Registration;
use crate::token::Tokens;

/// The request that revokes the refresh token, and with it what it was good for; without one, the access
/// token. `None` where the provider declares no endpoint.
pub(crate) fn request(
    registration: &Registration,
    tokens: &Tokens,
) -> Option<Result<http::Request<Bytes>, TokenError>> {
    let endpoint = registration.endpoints.revocation.as_ref()?;
    let (token, kind) = match tokens.refresh_token() {
        Some(token) => (token.expose(), "refresh_token"),
        None => (tokens.access_token().expose(), "access_token"),
    };
    let form = vec![("token", token), ("token_type_hint", kind)];
    Some(token_endpoint::request(registration, endpoint, form))
}
