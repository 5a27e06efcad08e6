//! How an access token travels in a request ([RFC 6750 s2.1]), and how where a dialect says otherwise.
//!
//! [RFC 6750 s2.1]: https://www.rfc-editor.org/rfc/rfc6750#section-2.1

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Request, Uri};
use oauth_declaration::Dialect;
use zeroize::Zeroizing;

use crate::encoding::form_value;
use crate::token::AccessToken;

/// Puts the token into a request, in place of any other.
pub(crate) fn attach<B>(
    request: &mut Request<B>,
    dialect: &Dialect,
    token: &AccessToken,
) -> Result<(), http::Error> {
    request.headers_mut().remove(AUTHORIZATION);
    if let Some(param) = &dialect.access_token_param {
        let sign = if request.uri().query().is_some() { '&' } else { '?' };
        let (name, value) = (form_value(param), Zeroizing::new(form_value(token.expose())));
        let uri = Zeroizing::new(format!("{}{sign}{name}={}", request.uri(), *value));
        *request.uri_mut() = Uri::try_from(uri.as_str())?;
        return Ok(());
    }
    let (name, value) = match &dialect.access_token_header {
        Some(name) => (HeaderName::from_bytes(name.as_bytes())?, token.expose().to_owned()),
        None => (AUTHORIZATION, format!("{} {}", scheme(dialect), token.expose())),
    };
    let mut header = HeaderValue::from_str(&Zeroizing::new(value))?;
    header.set_sensitive(true);
    request.headers_mut().insert(name, header);
    Ok(())
}

/// The word before the token.
pub(crate) fn scheme(dialect: &Dialect) -> &str {
    dialect.bearer_scheme.as_deref().unwrap_or("Bearer")
}
