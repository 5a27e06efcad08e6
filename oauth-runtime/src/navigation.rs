//! What kind of request this is: one that a person sees the answer of, or one that a program reads.

use http::header::{ACCEPT, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, UPGRADE};
use http::request::Parts;
use http::{HeaderMap, HeaderName, Method};
use url::Origin;

/// Whether the answer is shown to a person, so that it may be a redirect to a login.
///
/// A browser says so itself (`Sec-Fetch-Mode: navigate`, of a whole document); an older one accepts
/// `text/html`.
pub(crate) fn is_navigation(request: &Parts) -> bool {
    let headers = &request.headers;
    if !matches!(request.method, Method::GET | Method::HEAD)
        || headers.contains_key(UPGRADE)
        || header(headers, &X_REQUESTED_WITH).is_some()
    {
        return false;
    }
    match header(headers, &SEC_FETCH_MODE) {
        Some(mode) => {
            mode == "navigate"
                && header(headers, &SEC_FETCH_DEST).is_none_or(|dest| dest == "document")
        }
        None => headers.get_all(ACCEPT).iter().any(|accept| {
            accept.to_str().is_ok_and(|accept| accept.to_ascii_lowercase().contains("text/html"))
        }),
    }
}

/// Whether the browser only looks ahead: nothing may begin or end by it.
pub(crate) fn is_prefetch(headers: &HeaderMap) -> bool {
    LOOKING_AHEAD.iter().any(|name| {
        header(headers, name).is_some_and(|purpose| {
            let purpose = purpose.to_ascii_lowercase();
            ["prefetch", "prerender", "preview"].iter().any(|word| purpose.contains(word))
        })
    })
}

/// Whether a browser asks what another origin may do (CORS); it sends no cookies with it.
pub(crate) fn is_preflight(request: &Parts) -> bool {
    request.method == Method::OPTIONS
        && request.headers.contains_key(ORIGIN)
        && request.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// Whether a page of another origin made the browser send this.
///
/// A page cannot forge `Sec-Fetch-Site`. Where a browser does not send it there is `Origin`, which a strict referrer
/// policy makes `null` even for a page of the application; one that sends neither does not send a `SameSite=Lax`
/// cookie with a foreign POST either.
pub(crate) fn is_cross_origin(headers: &HeaderMap, own: &Origin) -> bool {
    if let Some(site) = header(headers, &SEC_FETCH_SITE) {
        return !matches!(site, "same-origin" | "none");
    }
    let origin = headers.get(ORIGIN).map(http::HeaderValue::as_bytes);
    origin.is_some_and(|origin| origin != own.ascii_serialization().as_bytes())
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

static LOOKING_AHEAD: [HeaderName; 4] = [
    HeaderName::from_static("sec-purpose"),
    HeaderName::from_static("purpose"),
    HeaderName::from_static("x-purpose"),
    HeaderName::from_static("x-moz"),
];
static SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
static SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
static SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
static X_REQUESTED_WITH: HeaderName = HeaderName::from_static("x-requested-with");

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn request(method: &str, headers: &[(&str, &str)]) -> Parts {
        let mut builder = Request::builder().method(method).uri("/");
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        builder.body(()).unwrap().into_parts().0
    }

    #[test]
    fn cb_08_only_a_page_that_a_person_asked_for_is_a_navigation() {
        let html = ("accept", "text/html,application/xhtml+xml");

        for (method, headers) in [
            ("GET", &[html][..]),
            ("HEAD", &[html]),
            ("GET", &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")]),
            ("GET", &[("sec-fetch-mode", "navigate")]),
        ] {
            assert!(is_navigation(&request(method, headers)), "{method} {headers:?}");
        }
        for (method, headers) in [
            ("GET", &[][..]),
            ("GET", &[("accept", "application/json")]),
            ("GET", &[("accept", "*/*")]),
            ("GET", &[html, ("x-requested-with", "XMLHttpRequest")]),
            ("GET", &[html, ("sec-fetch-mode", "cors")]),
            ("GET", &[html, ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")]),
            ("GET", &[html, ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")]),
            ("GET", &[html, ("upgrade", "websocket")]),
            ("POST", &[html]),
            ("POST", &[html, ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")]),
        ] {
            assert!(!is_navigation(&request(method, headers)), "{method} {headers:?}");
        }
    }

    #[test]
    fn a_look_ahead_is_recognised() {
        assert!(is_prefetch(&request("GET", &[("sec-purpose", "prefetch;prerender")]).headers));
        assert!(is_prefetch(&request("GET", &[("purpose", "prefetch")]).headers));
        assert!(!is_prefetch(&request("GET", &[]).headers));
    }

    #[test]
    fn a_foreign_origin_is_recognised() {
        let own = url::Url::parse("https://app.example/").unwrap().origin();
        let foreign = |headers| is_cross_origin(&request("POST", headers).headers, &own);

        assert!(!foreign(&[("origin", "https://app.example")]));
        assert!(!foreign(&[("sec-fetch-site", "same-origin")]));
        assert!(!foreign(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!foreign(&[]));
        for headers in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("origin", "https://app.example.evil.example")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
        ] {
            assert!(foreign(headers), "{headers:?}");
        }
    }
}
