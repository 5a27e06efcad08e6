//! What a token response looks like ([RFC 6749 s5.1], [s5.2]).
//!
//! Borne for everybody, because no safety is lost: an `error` at any status, scopes as a string, a comma
//! list or an array, numbers as strings, no `expires_in`. Nothing else is: a success is `200` with a JSON
//! object that holds a bearer token.
//!
//! [RFC 6749 s5.1]: https://www.rfc-editor.org/rfc/rfc6749#section-5.1
//! [s5.2]: https://www.rfc-editor.org/rfc/rfc6749#section-5.2

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode, header};
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::clock::Timestamp;
use crate::error::TokenError;
use crate::error_response::ErrorResponse;
use crate::grant::retry_after;
use crate::scope::{Scope, Scopes};
use crate::token::{AccessToken, IdToken, RawAnswer, RefreshToken, TokenResponse, TokenType};

/// Reads an answer of the token endpoint.
pub(crate) fn read(
    response: &Response<Bytes>,
    now: Timestamp,
) -> Result<TokenResponse, TokenError> {
    let status = response.status();
    let retry_after = retry_after::read(response.headers(), now);
    let unreadable = |reason| TokenError::Unreadable { status, reason, retry_after };
    if status.is_redirection() {
        return Err(unreadable("a redirect, which is not followed"));
    }
    let body = response.body();
    let answer = match object(body) {
        Some(answer) => answer,
        None if is_json(response) => {
            return Err(unreadable("its JSON is not the object expected"));
        }
        None => return Err(unreadable("it is not JSON")),
    };
    if let Some(response) = answer.error() {
        return Err(TokenError::Rejected { response, retry_after });
    }
    if status != StatusCode::OK {
        return Err(unreadable("neither 200 nor an error response"));
    }
    if !is_json(response) {
        return Err(unreadable("its content type is not `application/json`"));
    }
    parse(&answer, body).map_err(unreadable)
}

/// Reads an answer that was read before, from the bytes that were kept of it.
pub(crate) fn reread(raw: &[u8]) -> Option<TokenResponse> {
    parse(&object(raw)?, raw).ok()
}

/// serde alone would take a list for it too, the elements for the members in the order in which they are written here.
fn object(body: &[u8]) -> Option<Answer<'_>> {
    let is_object = body.trim_ascii_start().starts_with(b"{");
    is_object.then(|| serde_json::from_slice(body).ok())?
}

fn parse(answer: &Answer<'_>, raw: &[u8]) -> Result<TokenResponse, &'static str> {
    let access_token = answer.access_token.text().ok_or("it has no `access_token`")?;
    if !is_token(access_token) {
        return Err("its `access_token` holds what no header may hold");
    }
    match answer.token_type.text() {
        Some(kind) if kind.eq_ignore_ascii_case("bearer") => {}
        Some(_) => return Err("its `token_type` is not `Bearer`"),
        None => return Err("it has no `token_type`"),
    }
    Ok(TokenResponse {
        access_token: AccessToken::new(access_token),
        token_type: TokenType::Bearer,
        expires_in: answer.expires_in.seconds(),
        refresh_token: answer.refresh_token.text().map(RefreshToken::new),
        scope: answer.scope.scopes(),
        id_token: answer.id_token.text().map(IdToken::new),
        raw: RawAnswer::new(raw),
    })
}

fn is_json(response: &Response<Bytes>) -> bool {
    let content_type =
        response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|value| {
        let essence = value.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
    })
}

/// `access-token = 1*VSCHAR` (RFC 6749 A.12) without the space, and no longer than a header line may be.
fn is_token(value: &str) -> bool {
    // Without a way out in the middle the compiler looks at many bytes at once.
    let graphic = || value.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic());
    value.len() <= MOST_TOKEN_BYTES && graphic()
}

const MOST_TOKEN_BYTES: usize = 16 * 1024;

/// No token lives longer than ten years; what says so is taken for that.
const MOST_SECONDS: f64 = 315_360_000.0;

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow, default)]
    access_token: Member<'a>,
    #[serde(borrow, default)]
    token_type: Member<'a>,
    #[serde(borrow, default)]
    expires_in: Member<'a>,
    #[serde(borrow, default)]
    refresh_token: Member<'a>,
    #[serde(borrow, default)]
    scope: Member<'a>,
    #[serde(borrow, default)]
    id_token: Member<'a>,
    #[serde(borrow, default)]
    error: Member<'a>,
    #[serde(borrow, default)]
    error_description: Member<'a>,
}

impl Answer<'_> {
    fn error(&self) -> Option<ErrorResponse> {
        match &self.error {
            Member::Null => None,
            Member::Text(code) => Some(ErrorResponse::new(code, self.error_description.text())),
            _ => Some(ErrorResponse::new("error", self.error_description.text())),
        }
    }
}

/// A member of whatever type: providers differ, and one odd member must not lose the whole answer.
#[derive(Default)]
enum Member<'a> {
    #[default]
    Null,
    Text(Cow<'a, str>),
    Number(f64),
    List(Vec<Member<'a>>),
    Other,
}

impl Member<'_> {
    /// The text, unless it is empty.
    fn text(&self) -> Option<&str> {
        match self {
            Member::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// A whole number of seconds, more than none; what is not one is as if it were not there.
    fn seconds(&self) -> Option<Duration> {
        let seconds = match self {
            Member::Number(number) => *number,
            Member::Text(text) => text.trim().parse().ok()?,
            _ => return None,
        };
        (seconds >= 1.0).then(|| Duration::from_secs_f64(seconds.min(MOST_SECONDS).floor()))
    }

    fn scopes(&self) -> Option<Scopes> {
        match self {
            Member::Text(text) => Some(Scopes::parse(text)),
            Member::List(list) => Some(
                list.iter()
                    .filter_map(Member::text)
                    .map(|name| Scope::new(name.to_owned()))
                    .collect(),
            ),
            _ => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Member<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MemberVisitor)
    }
}

struct MemberVisitor;

impl<'de> Visitor<'de> for MemberVisitor {
    type Value = Member<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Member::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Member::Text(Cow::Owned(text.to_owned())))
    }

    #[expect(clippy::cast_precision_loss, reason = "seconds are clamped far below 2^53")]
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Member::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "seconds are clamped far below 2^53")]
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Member::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Member::Number(number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Member::Other)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Member::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element()? {
            list.push(element);
        }
        Ok(Member::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Member::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, content_type: &str, body: &str) -> Result<TokenResponse, TokenError> {
        let response = Response::builder().status(status).header("content-type", content_type);
        let response = response.body(Bytes::from(body.to_owned())).unwrap();
        read(&response, Timestamp::from_unix_seconds(0))
    }

    fn json(body: &str) -> Result<TokenResponse, TokenError> {
        answer(200, "application/json;charset=UTF-8", body)
    }

    fn with(member: &str) -> Result<TokenResponse, TokenError> {
        json(&format!(r#"{{"access_token":"at","token_type":"Bearer",{member}}}"#))
    }

    #[test]
    fn the_example_of_rfc_6749_section_5_1() {
        let body = r#"{
            "access_token":"2YotnFZFEjr1zCsicMWpAA",
            "token_type":"Bearer",
            "expires_in":3600,
            "refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA",
            "example_parameter":"example_value"
        }"#;

        let response = json(body).unwrap();

        assert_eq!(response.access_token().expose(), "2YotnFZFEjr1zCsicMWpAA");
        assert_eq!(response.token_type(), TokenType::Bearer);
        assert_eq!(response.expires_in(), Some(Duration::from_secs(3600)));
        assert_eq!(response.refresh_token().unwrap().expose(), "tGzv3JOkF0XG5Qx2TlKWIA");
        assert_eq!(response.raw(), body.as_bytes());
    }

    #[test]
    fn te_05_only_json_with_200_is_a_success() {
        let good = r#"{"access_token":"at","token_type":"Bearer"}"#;

        for (status, content_type, body) in [
            (200, "text/html", "<html>login</html>"),
            (200, "text/plain", good),
            (200, "", good),
            (200, "application/x-www-form-urlencoded", "access_token=at&token_type=bearer"),
            (201, "application/json", good),
            (204, "application/json", ""),
            (206, "application/json", good),
            (200, "application/json", "[]"),
            (200, "application/json", r#"["at","Bearer",60,null,null,null,null,null]"#),
            (200, "application/json", "\"at\""),
            (200, "application/json", "null"),
            (200, "application/json", "\u{feff}{}"),
            (200, "application/json", &good[..20]),
            (302, "application/json", good),
        ] {
            let error = answer(status, content_type, body).unwrap_err();
            assert_eq!(error.code(), "unreadable", "{status} {content_type} {body}");
        }
    }

    #[test]
    fn te_06_an_error_is_an_error_at_any_status_and_a_token_is_a_text() {
        for body in [
            r#"{"error":"bad_verification_code"}"#,
            r#"{"error":{"message":"no"}}"#,
            r#"{"error":"x","access_token":"at","token_type":"Bearer"}"#,
        ] {
            assert_eq!(json(body).unwrap_err().code(), "rejected", "{body}");
        }
        for body in [
            "{}",
            r#"{"access_token":"","token_type":"Bearer"}"#,
            r#"{"access_token":null,"token_type":"Bearer"}"#,
            r#"{"access_token":1,"token_type":"Bearer"}"#,
        ] {
            assert_eq!(json(body).unwrap_err().code(), "unreadable", "{body}");
        }
    }

    #[test]
    fn te_07_the_type_is_bearer_in_any_case() {
        let kind = |kind: &str| json(&format!(r#"{{"access_token":"at"{kind}}}"#)).is_ok();

        for bearer in [r#","token_type":"Bearer""#, r#","token_type":"bEARER""#] {
            assert!(kind(bearer), "{bearer}");
        }
        for other in
            ["", r#","token_type":"""#, r#","token_type":"mac""#, r#","token_type":"DPoP""#]
        {
            assert!(!kind(other), "{other}");
        }
    }

    #[test]
    fn te_08_a_lifetime_is_read_tolerantly_and_clamped() {
        let seconds = |value: &str| {
            with(&format!("\"expires_in\":{value}"))
                .unwrap()
                .expires_in()
                .map(|lifetime| lifetime.as_secs())
        };

        for hour in ["3600", "\"3600\"", "3600.0", "3600.9"] {
            assert_eq!(seconds(hour), Some(3600), "{hour}");
        }
        for unknown in ["0", "-1", "null", "\"soon\"", "true", "[]", "{}"] {
            assert_eq!(seconds(unknown), None, "{unknown}");
        }
        assert_eq!(seconds("1e30"), Some(315_360_000));
        assert_eq!(seconds("\"1e3\""), Some(1000));
    }

    #[test]
    fn te_09_a_scope_is_as_asked_as_granted_or_empty() {
        let scope = |value: &str| with(value).unwrap().scope().map(Scopes::to_string);

        assert_eq!(scope("\"x\":1"), None);
        assert_eq!(scope("\"scope\":null"), None);
        assert_eq!(scope("\"scope\":\"\""), Some(String::new()));
        for list in ["\"scope\":\"a b\"", "\"scope\":\"a,b\"", "\"scope\":[\"a\",\"b\"]"] {
            assert_eq!(scope(list), Some("a b".to_owned()), "{list}");
        }
    }

    #[test]
    fn tr_04_a_token_cannot_inject_a_header() {
        for token in ["a\\r\\nb", "a b", "a\\u0000", "\\u00e4", &"x".repeat(65_536)] {
            let body = format!(r#"{{"access_token":"{token}","token_type":"Bearer"}}"#);
            assert_eq!(json(&body).unwrap_err().code(), "unreadable");
        }
    }

    #[test]
    fn tr_04_a_token_may_be_as_long_as_a_header_line() {
        let token = |bytes: usize| {
            let token = "x".repeat(bytes);
            json(&format!(r#"{{"access_token":"{token}","token_type":"Bearer"}}"#))
        };

        assert!(token(16_384).is_ok());
        assert!(token(16_385).is_err());
    }

    #[test]
    fn a_text_may_be_escaped_and_an_error_be_anything() {
        let escaped = json(r#"{"access_token":"\u0061t","token_type":"be\u0061rer"}"#).unwrap();
        assert_eq!(escaped.access_token().expose(), "at");

        for error in ["true", "false", "7", "-7", "0.5", "[]", "{}", "\"\""] {
            let body = format!(r#"{{"access_token":"at","token_type":"Bearer","error":{error}}}"#);
            assert_eq!(json(&body).unwrap_err().code(), "rejected", "{error}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_answer_is_said() {
        let wrong = |content_type: &str, body: &str| {
            let error = answer(200, content_type, body).unwrap_err().to_string();
            error.rsplit_once(": ").unwrap().1.to_owned()
        };

        assert_eq!(wrong("application/json", "[]"), "its JSON is not the object expected");
        assert_eq!(wrong("text/html", "<html>"), "it is not JSON");
        assert_eq!(wrong("application/json", "{}"), "it has no `access_token`");
    }

    #[test]
    fn rf_01_an_empty_refresh_token_is_none() {
        for member in ["\"refresh_token\":\"\"", "\"refresh_token\":null", "\"a\":1"] {
            assert!(with(member).unwrap().refresh_token().is_none(), "{member}");
        }
    }
}
