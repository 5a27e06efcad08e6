//! The one place that builds and sends a request to the token endpoint ([RFC 6749 s2.3.1], [s3.2]).
//!
//! [RFC 6749 s2.3.1]: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
//! [s3.2]: https://www.rfc-editor.org/rfc/rfc6749#section-3.2

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request};
use url::Url;
use zeroize::Zeroizing;

use crate::clock::Timestamp;
use crate::credentials::{ClientAuthentication, ClientSecret};
use crate::encoding::{base64, form, form_value};
use crate::error::TokenError;
use crate::grant::token_response;
use crate::http_client::{BodyLimit, HttpClient};
use crate::registration::Registration;
use crate::token::TokenResponse;

/// A form, posted with the client's authentication: exactly one way of it, never tried in another.
pub(crate) fn request(
    registration: &Registration,
    endpoint: &Url,
    fields: Vec<(&str, &str)>,
) -> Result<Request<Bytes>, TokenError> {
    let secret = registration.authentication.secret().map_err(TokenError::ClientSecret)?;
    let mut fields = fields;
    let mut headers = registration.headers.clone();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    match (&registration.authentication, &secret) {
        (ClientAuthentication::ClientSecretBasic(_), Some(secret)) => {
            headers.insert(AUTHORIZATION, basic(&registration.client_id, secret));
        }
        (ClientAuthentication::ClientSecretPost(_), Some(secret)) => {
            fields.push(("client_id", &registration.client_id));
            fields.push(("client_secret", secret.expose()));
        }
        _ => fields.push(("client_id", &registration.client_id)),
    }
    let mut request = Request::new(Bytes::from(form(fields)));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = endpoint.as_str().parse().expect("build() took this URL for an endpoint");
    *request.headers_mut() = headers;
    request.extensions_mut().insert(BodyLimit::BACK_CHANNEL);
    Ok(request)
}

/// RFC 6749 s2.3.1: identifier and secret are form-encoded before they become user name and password.
fn basic(client_id: &str, secret: &ClientSecret) -> HeaderValue {
    let id = form_value(client_id);
    let pair = Zeroizing::new(format!("{id}:{}", *Zeroizing::new(form_value(secret.expose()))));
    let header = Zeroizing::new(format!("Basic {}", *Zeroizing::new(base64(pair.as_bytes()))));
    let mut value = HeaderValue::from_str(&header).expect("base64 is ASCII");
    value.set_sensitive(true);
    value
}

/// Sends a token request once and reads the answer.
pub(crate) async fn send(
    http_client: &dyn HttpClient,
    request: Request<Bytes>,
    now: Timestamp,
) -> Result<TokenResponse, TokenError> {
    let response = http_client.call(request).await?;
    token_response::read(&response, now)
}
