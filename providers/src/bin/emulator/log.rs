//! A line for each request: when it came, whose endpoint it was for, and what was answered.
//!
//! It never has a secret, a code or a token in it: of a request no more than its path is told, and of an answer its
//! status, the code of an error and the words that go with it.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{Method, Response, StatusCode};
use oauth_providers::{Declaration, Endpoint, Text};
use serde_json::Value;
use url::Url;

use crate::endpoint::word;

/// What is known of a request before it is answered.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub(crate) at: SystemTime,
    pub(crate) slug: String,
    pub(crate) endpoint: Endpoint,
    pub(crate) method: Method,
    pub(crate) path: String,
}

impl Arrival {
    /// The line.
    pub(crate) fn line(&self, outcome: &str) -> String {
        let at = self.at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
        let (hour, minute, second) = (at / 3600 % 24, at / 60 % 60, at % 60);
        let (slug, endpoint) = (&self.slug, word(self.endpoint));
        let place = match self.endpoint {
            Endpoint::Api | Endpoint::Unknown => {
                format!("{endpoint} {} {}", self.method, shown_path(&self.path))
            }
            _ => endpoint.to_owned(),
        };
        format!("{hour:02}:{minute:02}:{second:02}Z  {slug:10}  {place:16}  {outcome}")
    }
}

/// The path, without what may be a token: some APIs have one there.
fn shown_path(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.len() < SHORTEST_TOKEN {
        true => segment,
        false => "…",
    });
    segments.collect::<Vec<_>>().join("/")
}

/// What was answered: `200`, `400 invalid_grant: the code was used before`, `303 granted`.
pub(crate) fn outcome(
    declaration: &Declaration,
    endpoint: Endpoint,
    response: &Response<Bytes>,
) -> String {
    let status = response.status();
    let is_refused = status == StatusCode::BAD_REQUEST;
    let words = match endpoint {
        Endpoint::Authorization if !is_refused => login(response),
        // The server says why, and repeats nothing but the name of a parameter.
        Endpoint::Authorization | Endpoint::EndSession | Endpoint::UserInfo => {
            text(response).filter(|_| is_refused).map(str::to_owned)
        }
        Endpoint::PushedAuthorization
        | Endpoint::Refresh
        | Endpoint::Revocation
        | Endpoint::Token => error(declaration, response.body()),
        _ => None,
    };
    match words {
        Some(words) => format!("{} {}", status.as_u16(), shown(&words)),
        None => status.as_u16().to_string(),
    }
}

/// What became of a login: the browser goes back with a code or an error, in its address or by a form.
fn login(response: &Response<Bytes>) -> Option<String> {
    if let Some(location) = response.headers().get(LOCATION) {
        let location = Url::parse(location.to_str().ok()?).ok()?;
        let error = location.query_pairs().find(|(name, _)| name == "error");
        return Some(error.map_or("granted".to_owned(), |(_, code)| code.into_owned()));
    }
    let is_page = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
    is_page.then(|| {
        let page = text(response).unwrap_or_default();
        let field = |name: &str| page.contains(&format!(" name=\"{name}\" value="));
        let words = match (field("code"), field("error")) {
            (true, _) => "granted",
            (_, true) => "access_denied",
            _ => "page",
        };
        words.to_owned()
    })
}

fn text(response: &Response<Bytes>) -> Option<&str> {
    std::str::from_utf8(response.body()).ok().filter(|text| !text.is_empty())
}

/// The error of an answer in JSON, where the provider puts it.
fn error(declaration: &Declaration, body: &[u8]) -> Option<String> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let dialect = &declaration.dialect;
    let at = |place: &Option<Text>, otherwise: &str| {
        text_of(answer.pointer(place.as_deref().unwrap_or(otherwise))?)
    };
    let says_success = dialect.error_when.as_ref().is_some_and(|when| {
        let found = answer.pointer(&when.at).and_then(text_of);
        match (&when.is, &when.is_not) {
            (_, Some(is_not)) => found.as_deref() == Some(is_not),
            (Some(is), None) => found.as_deref() != Some(is),
            (None, None) => found.is_none(),
        }
    });
    let code = at(&dialect.error_at, "/error").filter(|_| !says_success)?;
    Some(match at(&dialect.error_description_at, "/error_description") {
        Some(words) => format!("{code}: {words}"),
        None => code,
    })
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Words on one line, and not too many.
fn shown(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_control()).take(MOST_LETTERS).collect()
}

/// What the emulator makes is longer, and so are real tokens.
const SHORTEST_TOKEN: usize = 32;
const MOST_LETTERS: usize = 120;

#[cfg(test)]
mod tests {
    use oauth_providers::{Apple, Dialect, ErrorWhen, GitHub, HasDeclaration};

    use super::*;

    fn answer(status: u16, body: &str) -> Response<Bytes> {
        Response::builder().status(status).body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
    }

    fn back(location: &str) -> Response<Bytes> {
        Response::builder().status(303).header(LOCATION, location).body(Bytes::new()).unwrap()
    }

    fn line(endpoint: Endpoint, path: &str) -> String {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 + 3_723);
        let (slug, path) = ("github".to_owned(), path.to_owned());
        Arrival { at, slug, endpoint, method: Method::GET, path }.line("200")
    }

    #[test]
    fn a_line_says_when_who_where_and_what() {
        assert_eq!(line(Endpoint::Token, "/x"), "01:02:03Z  github      token             200");
        let path = "/api.github.com/user/repos";
        assert_eq!(
            line(Endpoint::Api, path),
            "01:02:03Z  github      api GET /api.github.com/user/repos  200"
        );
    }

    #[test]
    fn a_path_shows_no_token() {
        let shown = line(Endpoint::Api, "/api.example/access_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/me");

        assert!(shown.contains("api GET /api.example/…/me"), "{shown}");
    }

    #[test]
    fn a_login_shows_no_code() {
        let said =
            |location: &str| outcome(GitHub::DECLARATION, Endpoint::Authorization, &back(location));

        assert_eq!(said("https://a.example/?state=s&code=code_secret"), "303 granted");
        assert_eq!(said("https://a.example/?error=access_denied"), "303 access_denied");
    }

    #[test]
    fn a_login_that_is_posted_is_told_too() {
        let html = |body: &str| {
            let mut response = answer(200, body);
            let html = http::HeaderValue::from_static("text/html; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, html);
            outcome(Apple::DECLARATION, Endpoint::Authorization, &response)
        };

        let field = r#"<input type="hidden" name="code" value="code_secret">"#;
        assert_eq!(html(field), "200 granted");
        assert_eq!(html(&field.replace("\"code\"", "\"error\"")), "200 access_denied");
        assert_eq!(html("<h1>GitHub</h1>"), "200 page");
    }

    #[test]
    fn an_error_is_told_and_a_token_is_not() {
        let said = |status, body: &str| {
            outcome(GitHub::DECLARATION, Endpoint::Token, &answer(status, body))
        };

        let refusal =
            r#"{ "error": "invalid_grant", "error_description": "the code\nhas expired" }"#;
        assert_eq!(said(400, refusal), "400 invalid_grant: the codehas expired");
        assert_eq!(said(200, r#"{ "access_token": "secret" }"#), "200");
        assert_eq!(said(503, ""), "503");
    }

    #[test]
    fn an_error_is_looked_for_where_the_provider_has_it() {
        let when = ErrorWhen { at: "/errcode".into(), is: None, is_not: Some("0".into()) };
        let dialect = Dialect {
            error_at: Some("/errcode".into()),
            error_description_at: Some("/errmsg".into()),
            error_when: Some(when),
            ..Dialect::NONE
        };
        let declaration = Declaration { dialect, ..Declaration::EMPTY };
        let said = |body: &str| outcome(&declaration, Endpoint::Token, &answer(200, body));

        assert_eq!(said(r#"{ "errcode": 40029, "errmsg": "no" }"#), "200 40029: no");
        assert_eq!(said(r#"{ "errcode": 0, "errmsg": "ok", "access_token": "a" }"#), "200");
    }
}
