//! A refresh token becomes the next access token ([RFC 6749 s6]).
//!
//! [RFC 6749 s6]: https://www.rfc-editor.org/rfc/rfc6749#section-6

use bytes::Bytes;

use crate::error::TokenError;
use crate::grant::token_endpoint;
use crate::registration::Registration;
use crate::token::RefreshToken;

/// The token request for a refresh token. The scope is not repeated: the grant has it.
pub(crate) fn request(
    registration: &Registration,
    token: &RefreshToken,
) -> Result<http::Request<Bytes>, TokenError> {
    let form = vec![("grant_type", "refresh_token"), ("refresh_token", token.expose())];
    token_endpoint::request(registration, &registration.endpoints.refresh, form)
}
