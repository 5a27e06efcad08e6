//! A refresh token becomes the next access token ([RFC 6749 s6]).
//!
//! [RFC 6749 s6]: https://www.rfc-editor.org/rfc/rfc6749#section-6

use std::borrow::Cow;

use bytes::Bytes;
use url::Url;

use crate::error::TokenError;
use crate::grant::parameters::{Field, Known};
use crate::grant::token_endpoint;
use crate::registration::Registration;
use crate::token::{RefreshToken, Tokens};

/// The token request for a refresh token. The scope is not repeated: the grant has it.
pub(crate) fn request(
    registration: &Registration,
    endpoint: &Url,
    token: &RefreshToken,
    tokens: &Tokens,
) -> Result<http::Request<Bytes>, TokenError> {
    let dialect = &registration.declaration.dialect;
    let grant_type = dialect.refresh_grant_type.as_deref().unwrap_or("refresh_token");
    let token_param = dialect.refresh_token_param.as_deref().unwrap_or("refresh_token");
    let mut form: Vec<Field<'_>> = [("grant_type", grant_type), (token_param, token.expose())]
        .map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value)))
        .into();
    let known = Known::of_tokens(tokens);
    form.extend(known.fields(&registration.refresh_params, registration)?);
    let authentication = &registration.refresh_authentication;
    token_endpoint::token_request(registration, endpoint, authentication, form)
}
