//! The code becomes a token ([RFC 6749 s4.1.3], [RFC 7636 s4.5]).
//!
//! [RFC 6749 s4.1.3]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
//! [RFC 7636 s4.5]: https://www.rfc-editor.org/rfc/rfc7636#section-4.5

use std::borrow::Cow;

use bytes::Bytes;
use oauth_declaration::Pkce;
use url::Url;

use crate::authorization::pending_login::PendingLogin;
use crate::authorization::response::Authorized;
use crate::error::CallbackError;
use crate::grant::parameters::{Field, Known};
use crate::grant::token_endpoint;
use crate::pkce::CodeVerifier;
use crate::registration::Registration;

/// The token request for a code. It is sent at most once.
pub(crate) fn request(
    registration: &Registration,
    endpoint: &Url,
    authorized: &Authorized,
    pending: &PendingLogin,
) -> Result<http::Request<Bytes>, CallbackError> {
    let mut form: Vec<Field<'_>> = [
        ("grant_type", "authorization_code"),
        ("code", authorized.code.expose()),
        ("redirect_uri", registration.redirect_uri.as_str()),
    ]
    .map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value)))
    .into();
    match &pending.code_verifier {
        Some(verifier) => {
            form.push((Cow::Borrowed("code_verifier"), CodeVerifier::expose(verifier).into()));
        }
        None if registration.declaration.pkce == Pkce::Unsupported => {}
        // A login that lost its verifier is not finished without one.
        None => return Err(CallbackError::NoPendingLogin),
    }
    let known = Known::of_login(pending, &authorized.callback);
    form.extend(known.fields(&registration.declaration.token_params, registration)?);
    let authentication = &registration.authentication;
    Ok(token_endpoint::token_request(registration, endpoint, authentication, form)?)
}
