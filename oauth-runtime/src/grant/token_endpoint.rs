//! The one place that builds and sends a request to the token endpoint ([RFC 6749 s2.3.1], [s3.2]).
//!
//! [RFC 6749 s2.3.1]: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
//! [s3.2]: https://www.rfc-editor.org/rfc/rfc6749#section-3.2

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request};
use oauth_declaration::{Dialect, TokenRequest, TokenRequestMethod};
use url::Url;
use zeroize::Zeroizing;

use crate::clock::Timestamp;
use crate::credentials::{ASSERTION_TYPE, ClientAuthentication, ClientSecret};
use crate::encoding::{base64, form, form_value};
use crate::error::TokenError;
use crate::grant::answer::Grant;
use crate::grant::parameters::Field;
use crate::grant::token_response;
use crate::http_client::{BodyLimit, HttpClient};
use crate::registration::Registration;
use crate::token::TokenResponse;

/// A request for a token, by the method of the dialect.
pub(crate) fn token_request(
    registration: &Registration,
    endpoint: &Url,
    authentication: &ClientAuthentication,
    fields: Vec<Field<'_>>,
) -> Result<Request<Bytes>, TokenError> {
    let method = match registration.declaration.dialect.token_request_method {
        TokenRequestMethod::Post => Method::POST,
        TokenRequestMethod::Get => Method::GET,
    };
    request(method, registration, endpoint, authentication, fields)
}

/// A request with the client's authentication: exactly one way of it, never tried in another.
pub(crate) fn request(
    method: Method,
    registration: &Registration,
    endpoint: &Url,
    authentication: &ClientAuthentication,
    fields: Vec<Field<'_>>,
) -> Result<Request<Bytes>, TokenError> {
    let dialect = &registration.declaration.dialect;
    let secret = authentication.secret().map_err(TokenError::ClientSecret)?;
    let mut headers = registration.headers.clone();
    let mut fields = fields;
    let id_param = Cow::Borrowed(&*registration.client_id_param);
    let client_id = (id_param, Cow::Borrowed(registration.client_id.as_str()));
    match (authentication, &secret) {
        (ClientAuthentication::ClientSecretBasic(_), Some(secret)) => {
            headers.insert(AUTHORIZATION, basic(&registration.client_id, secret));
        }
        (ClientAuthentication::ClientSecretPost(_), Some(secret)) => {
            let param = dialect.client_secret_param.as_deref().unwrap_or("client_secret");
            fields.push(client_id);
            fields.push((Cow::Borrowed(param), Cow::Borrowed(secret.expose())));
        }
        (ClientAuthentication::Assertion(assertion), _) => {
            let assertion = assertion.jwt().map_err(TokenError::ClientSecret)?;
            fields.push(client_id);
            fields.push(("client_assertion_type".into(), ASSERTION_TYPE.into()));
            fields.push(("client_assertion".into(), assertion.expose().to_owned().into()));
        }
        _ => fields.push(client_id),
    }
    let mut request = encoded(&method, dialect, endpoint, &fields, &mut headers)?;
    *request.method_mut() = method;
    *request.headers_mut() = headers;
    request.extensions_mut().insert(BodyLimit::BACK_CHANNEL);
    Ok(request)
}

/// The fields in the place and in the form that the dialect has them in.
fn encoded(
    method: &Method,
    dialect: &Dialect,
    endpoint: &Url,
    fields: &[Field<'_>],
    headers: &mut HeaderMap,
) -> Result<Request<Bytes>, TokenError> {
    let pairs = || fields.iter().map(|(name, value)| (&**name, &**value));
    let mut url = Cow::Borrowed(endpoint);
    let mut typed = |content_type| {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    };
    let place = if method == Method::GET { TokenRequest::Query } else { dialect.token_request };
    let body = match place {
        TokenRequest::Form => {
            typed("application/x-www-form-urlencoded");
            form(pairs()).into()
        }
        TokenRequest::Json => {
            typed("application/json");
            json(pairs())
        }
        TokenRequest::Query => {
            url.to_mut().query_pairs_mut().extend_pairs(pairs());
            Bytes::new()
        }
    };
    let mut request = Request::new(body);
    // The endpoint is one that `build()` took: what does not fit is what stands in its query.
    *request.uri_mut() = url.as_str().parse().map_err(|_| TokenError::TooLong)?;
    Ok(request)
}

fn json<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Bytes {
    let object: BTreeMap<&str, &str> = pairs.collect();
    serde_json::to_vec(&object).expect("texts have a JSON form").into()
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
    registration: &Registration,
    request: Request<Bytes>,
    grant: Grant,
    now: Timestamp,
) -> Result<TokenResponse, TokenError> {
    let response = http_client.call(request).await?;
    token_response::read(&response, &registration.answers, grant, now)
}
