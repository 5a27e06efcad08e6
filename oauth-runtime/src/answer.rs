//! The answers that this library gives itself: redirects, refusals, and the page of a failed login.
//!
//! None may be stored by a cache, and none tells the next page where the browser was: the URL of a callback
//! holds a code.

use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_TYPE, LOCATION, REFERRER_POLICY, RETRY_AFTER, WWW_AUTHENTICATE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use crate::body::Body;
use crate::error::CallbackError;

/// `303`: the browser goes there with a GET, whatever it came with.
pub(crate) fn see_other(location: impl TryInto<HeaderValue>) -> Response<Body> {
    match location.try_into() {
        Ok(location) => with(StatusCode::SEE_OTHER, [(LOCATION, location)], Body::default()),
        Err(_) => status(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// `401` for what cannot follow a redirect, with what [`login_required`](crate::body::login_required) says.
pub(crate) fn unauthorized(login_required: Bytes) -> Response<Body> {
    let headers = [
        (WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ];
    with(StatusCode::UNAUTHORIZED, headers, Body::from(login_required))
}

/// A status with nothing to read.
pub(crate) fn status(status: StatusCode) -> Response<Body> {
    with(status, [], Body::default())
}

/// `503`: something that is needed is down for the moment.
pub(crate) fn unavailable(retry_after: Option<Duration>) -> Response<Body> {
    let seconds = retry_after.map_or(5, |pause| pause.as_secs().max(1));
    let headers = [(RETRY_AFTER, HeaderValue::from(seconds))];
    with(StatusCode::SERVICE_UNAVAILABLE, headers, Body::default())
}

/// `400` for a program that asked for what cannot be done, with words for its developer.
pub(crate) fn invalid_request(words: &str) -> Response<Body> {
    let words = serde_json::Value::from(words);
    let body = format!(r#"{{"error":"invalid_request","error_description":{words}}}"#);
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    with(StatusCode::BAD_REQUEST, headers, Body::from(body))
}

/// `405`: this is done with another method.
pub(crate) fn method_not_allowed(allowed: &'static str) -> Response<Body> {
    let headers = [(http::header::ALLOW, HeaderValue::from_static(allowed))];
    with(StatusCode::METHOD_NOT_ALLOWED, headers, Body::default())
}

/// The page of a login that failed.
pub(crate) fn failure_page(
    provider: &str,
    login_url: &str,
    error: &CallbackError,
) -> Response<Body> {
    let (title, words) = words(error);
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style><main><h1>{title}</h1><p>{words}</p>\
         <p><a href=\"{login}\">Log in with {provider}</a> <a class=\"quiet\" href=\"/\">Back to the start\
         </a></p><small>{code}</small></main></html>",
        words = escaped(&words),
        login = escaped(login_url),
        provider = escaped(provider),
        code = error.code(),
    );
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    let mut response = with(error.status(), headers, Body::from(page));
    if error.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// What every answer of ours says, also one that the application made of a failure.
pub(crate) fn keep_private(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
}

/// Adds what a persistence wants to say to a response, beside what is there.
pub(crate) fn append(response: &mut HeaderMap, headers: HeaderMap) {
    let mut named = None;
    for (name, value) in headers {
        // The further values of a name come without it.
        named = name.or(named);
        if let Some(name) = &named {
            response.append(name, value);
        }
    }
}

fn with<const N: usize>(
    status: StatusCode,
    headers: [(HeaderName, HeaderValue); N],
    body: Body,
) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    // Room for what a persistence adds.
    response.headers_mut().reserve(N + 4);
    response.headers_mut().extend(headers);
    keep_private(response.headers_mut());
    response
}

/// What a user is told. Nothing of it comes from the provider.
fn words(error: &CallbackError) -> (&'static str, String) {
    match error {
        CallbackError::Denied(_) => {
            ("You are not logged in", "You declined, or the provider did it for you.".to_owned())
        }
        CallbackError::NoPendingLogin | CallbackError::StateMismatch | CallbackError::Malformed(_) => (
            "This login is over",
            "It was finished before, took longer than ten minutes, or was begun in another browser. \
             If it happens again, check that cookies are allowed."
                .to_owned(),
        ),
        CallbackError::Refused { reason, .. } => ("You cannot log in", reason.clone()),
        CallbackError::SessionLost => (
            "Your browser did not keep the login",
            "The login succeeded, but the browser did not send its cookie back. Check that cookies are \
             allowed for this site, and that the clock of the device is right."
                .to_owned(),
        ),
        CallbackError::Metadata(_) => (
            "The provider cannot be reached",
            "Nothing is lost. Please try again in a moment.".to_owned(),
        ),
        CallbackError::Store(_) => {
            ("The login could not be kept", "Please try again in a moment.".to_owned())
        }
        _ => ("The login did not succeed", "The provider did not complete it. Please try again.".to_owned()),
    }
}

/// Text as it may stand in an element or in a quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '<' | '>' | '"' | '\'' => {
                write!(safe, "&#{};", u32::from(character))
                    .expect("a String takes all that is written");
            }
            _ => safe.push(character),
        }
    }
    safe
}

const CONTENT_SECURITY_POLICY: HeaderName = http::header::CONTENT_SECURITY_POLICY;
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const STYLE: &str = "body{margin:0;min-height:100vh;display:grid;place-items:center;color:#1c1d22;\
background:#f6f5f2;font:17px/1.5 system-ui,sans-serif}main{max-width:26rem;padding:2rem}\
h1{font-size:1.5rem;margin:0}a{display:inline-block;margin:.5rem 1rem 0 0;padding:.55rem 1rem;\
border-radius:.5rem;background:#1c1d22;color:#fff;text-decoration:none}\
a.quiet{background:none;color:inherit;text-decoration:underline;padding:.55rem 0}small{color:#6b6c74}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Refused;

    #[test]
    fn a_page_shows_text_as_text() {
        assert_eq!(escaped("<a href=\"'&\">ä"), "&#60;a href=&#34;&#39;&#38;&#34;&#62;ä");
    }

    #[test]
    fn cb_06_a_page_of_ours_loads_nothing_and_tells_nobody_where_it_stood() {
        let error = CallbackError::from(Refused::new("<script>"));

        let response = failure_page("Acme", "/login", &error);

        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        assert_eq!(response.headers()[REFERRER_POLICY], "no-referrer");
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
        assert!(
            response.headers()[CONTENT_SECURITY_POLICY]
                .to_str()
                .unwrap()
                .contains("default-src 'none'")
        );
        assert!(!format!("{response:?}").contains("<script>"));
    }

    #[test]
    fn a_redirect_that_no_header_can_hold_is_not_sent() {
        assert_eq!(see_other("/a\r\nb").status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
