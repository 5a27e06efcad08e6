//! The code becomes a token ([RFC 6749 s4.1.3], [RFC 7636 s4.5]).
//!
//! [RFC 6749 s4.1.3]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
//! [RFC 7636 s4.5]: https://www.rfc-editor.org/rfc/rfc7636#section-4.5

use bytes::Bytes;

use crate::authorization::pending_login::PendingLogin;
use crate::authorization::response::AuthorizationCode;
use crate::error::CallbackError;
use crate::grant::token_endpoint;
use crate::pkce::CodeVerifier;
use crate::registration::Registration;
use oauth_declaration::Pkce;

/// The token request for a code. It is sent at most once.
pub(crate) fn request(
    registration: &Registration,
    code: &AuthorizationCode,
    pending: &PendingLogin,
) -> Result<http::Request<Bytes>, CallbackError> {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", registration.redirect_uri.as_str()),
    ];
    match &pending.code_verifier {
        Some(verifier) => form.push(("code_verifier", CodeVerifier::expose(verifier))),
        None if registration.declaration.pkce == Pkce::Unsupported => {}
        // A login that lost its verifier is not finished without one.
        None => return Err(CallbackError::NoPendingLogin),
    }
    Ok(token_endpoint::request(registration, &registration.endpoints.token, form)?)
}
