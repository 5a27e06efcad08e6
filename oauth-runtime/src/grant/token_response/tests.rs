//! Answers of token endpoints, as the RFC has them and as the words of the dialect do.

use std::collections::BTreeMap;

use oauth_declaration::{Dialect, ErrorWhen};

use super::*;
use crate::scope::Scopes;

fn answer(status: u16, content_type: &str, body: &str) -> Result<TokenResponse, TokenError> {
    let response = Response::builder().status(status).header("content-type", content_type);
    let response = response.body(Bytes::from(body.to_owned())).unwrap();
    read(
        &response,
        &AnswerShape::of(&Dialect::NONE),
        Grant::AuthorizationCode,
        Timestamp::from_unix_seconds(0),
    )
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
    for other in ["", r#","token_type":"""#, r#","token_type":"mac""#, r#","token_type":"DPoP""#] {
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

fn in_dialect(dialect: &Dialect, grant: Grant, body: &str) -> Result<TokenResponse, TokenError> {
    let response = Response::builder().header("content-type", "application/json");
    let response = response.body(Bytes::from(body.to_owned())).unwrap();
    read(&response, &AnswerShape::of(dialect), grant, Timestamp::from_unix_seconds(1000))
}

fn exchanged(dialect: &Dialect, body: &str) -> Result<TokenResponse, TokenError> {
    in_dialect(dialect, Grant::AuthorizationCode, body)
}

/// The code and the words of a refusal.
fn refused(dialect: &Dialect, body: &str) -> (String, Option<String>) {
    match exchanged(dialect, body).unwrap_err() {
        TokenError::Rejected { response, .. } => {
            (response.code().as_str().to_owned(), response.description().map(str::to_owned))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_token_in_an_envelope_is_read_with_what_stands_beside_it() {
    let dialect = Dialect { token_response_at: Some("/body".into()), ..Dialect::NONE };

    let response = exchanged(
        &dialect,
        r#"{"status":0,"body":{"access_token":"at","token_type":"Bearer","userid":7}}"#,
    )
    .unwrap();

    assert_eq!(response.access_token().expose(), "at");
    assert_eq!(response.raw(), br#"{"access_token":"at","token_type":"Bearer","userid":7}"#);
    for body in ["{}", r#"{"body":[]}"#, r#"{"access_token":"at","token_type":"Bearer"}"#] {
        assert_eq!(exchanged(&dialect, body).unwrap_err().code(), "unreadable", "{body}");
    }
}

#[test]
fn a_token_of_a_declared_place_is_taken_from_nowhere_else_at_the_exchange() {
    let dialect = Dialect {
        access_token_at: Some("/authed_user/access_token".into()),
        refresh_token_at: Some("/authed_user/refresh_token".into()),
        expires_in_at: Some("/authed_user/expires_in".into()),
        scope_at: Some("/authed_user/scope".into()),
        ..Dialect::NONE
    };
    let user = r#"{"access_token":"user","refresh_token":"rt","expires_in":60,"scope":"a"}"#;
    let both = format!(r#"{{"access_token":"bot","token_type":"bearer","authed_user":{user}}}"#);
    let bot = r#"{"access_token":"bot","token_type":"bearer","authed_user":{"id":"U1"}}"#;

    let response = exchanged(&dialect, &both).unwrap();
    assert_eq!(response.access_token().expose(), "user");
    assert_eq!(response.refresh_token().unwrap().expose(), "rt");
    assert_eq!(response.expires_in(), Some(Duration::from_secs(60)));
    assert_eq!(response.scope().unwrap().to_string(), "a");
    assert_eq!(exchanged(&dialect, bot).unwrap_err().code(), "unreadable");
    let refreshed = in_dialect(&dialect, Grant::RefreshToken, bot).unwrap();
    assert_eq!(refreshed.access_token().expose(), "bot");
}

#[test]
fn a_form_is_read_as_an_object_of_texts() {
    let dialect = Dialect { token_response: TokenResponseFormat::Form, ..Dialect::NONE };

    let response =
        exchanged(&dialect, "access_token=a%2Bt&token_type=bearer&expires_in=60&uid=7").unwrap();

    assert_eq!(response.access_token().expose(), "a+t");
    assert_eq!(response.expires_in(), Some(Duration::from_secs(60)));
    let raw: serde_json::Value = serde_json::from_slice(response.raw()).unwrap();
    let expected =
        [("access_token", "a+t"), ("expires_in", "60"), ("token_type", "bearer"), ("uid", "7")];
    assert_eq!(raw, serde_json::json!(BTreeMap::from(expected)));
    assert_eq!(
        refused(&dialect, "error=bad&error_description=no"),
        ("bad".into(), Some("no".into()))
    );
    assert_eq!(refused(&dialect, r#"{"error":"bad"}"#), ("bad".into(), None));
    assert_eq!(exchanged(&dialect, "<html>").unwrap_err().code(), "unreadable");
}

#[test]
fn te_05_json_of_another_type_is_read_where_it_is_declared() {
    let read = |format, content_type: &str, body: &'static str| {
        let dialect = Dialect { token_response: format, ..Dialect::NONE };
        let response = Response::builder().header("content-type", content_type);
        let response = response.body(Bytes::from(body)).unwrap();
        let now = Timestamp::from_unix_seconds(0);
        read(&response, &AnswerShape::of(&dialect), Grant::AuthorizationCode, now).is_ok()
    };
    let good = r#"{"access_token":"at","token_type":"Bearer"}"#;

    assert!(read(TokenResponseFormat::Text, "text/plain", good));
    assert!(!read(TokenResponseFormat::Text, "text/plain", "access_token=at&token_type=bearer"));
    assert!(!read(TokenResponseFormat::Json, "text/plain", good));
}

#[test]
fn a_lifetime_may_be_milliseconds_or_an_instant() {
    let lifetime = |expires_in, value: &str| {
        let dialect = Dialect { expires_in, ..Dialect::NONE };
        let body = format!(r#"{{"access_token":"at","token_type":"Bearer","expires_in":{value}}}"#);
        exchanged(&dialect, &body).unwrap().expires_in().map(|lifetime| lifetime.as_secs())
    };

    assert_eq!(lifetime(ExpiresIn::Milliseconds, "3600000"), Some(3600));
    assert_eq!(lifetime(ExpiresIn::Timestamp, "\"4600\""), Some(3600));
    assert_eq!(lifetime(ExpiresIn::Timestamp, "999"), Some(0));
    assert_eq!(lifetime(ExpiresIn::Timestamp, "0"), None);
    assert_eq!(lifetime(ExpiresIn::Timestamp, "1e30"), Some(315_360_000));
}

#[test]
fn te_07_another_type_is_bearer_where_it_is_declared_and_nowhere_else() {
    let untyped = Dialect { missing_token_type: true, ..Dialect::NONE };
    let typed = Dialect { token_types: vec!["bot".into()].into(), ..Dialect::NONE };
    let bot = r#"{"access_token":"at","token_type":"Bot"}"#;
    let none = r#"{"access_token":"at"}"#;

    assert!(exchanged(&untyped, none).is_ok() && exchanged(&typed, bot).is_ok());
    assert!(exchanged(&untyped, bot).is_err() && exchanged(&typed, none).is_err());
}

#[test]
fn te_06_what_a_declaration_calls_an_error_is_one() {
    let is = ErrorWhen { at: "/ok".into(), is: Some("false".into()), is_not: None };
    let is_not = ErrorWhen { at: "/status".into(), is: None, is_not: Some("0".into()) };
    let ok = Dialect { error_when: Some(is), ..Dialect::NONE };
    let status =
        Dialect { error_when: Some(is_not), error_at: Some("/status".into()), ..Dialect::NONE };
    let nested = Dialect {
        error_at: Some("/error/type".into()),
        error_description_at: Some("/error/message".into()),
        ..Dialect::NONE
    };
    let token = r#""access_token":"at","token_type":"Bearer""#;
    let with = |member: &str| format!("{{{member},{token}}}");

    assert_eq!(refused(&ok, &with(r#""ok":false"#)), ("error".into(), None));
    assert_eq!(refused(&ok, &with(r#""ok":true,"error":"x""#)), ("x".into(), None));
    assert!(exchanged(&ok, &with(r#""ok":true"#)).is_ok());
    assert_eq!(refused(&status, &with(r#""status":503"#)), ("503".into(), None));
    assert!(exchanged(&status, &with(r#""status":0"#)).is_ok());
    assert!(exchanged(&status, &with(r#""a":1"#)).is_ok());
    assert_eq!(
        refused(&nested, r#"{"error":{"type":"OAuthException","message":"no"}}"#),
        ("OAuthException".into(), Some("no".into()))
    );
}

#[test]
fn only_the_declared_codes_of_a_provider_are_its_invalid_grant() {
    let dialect = Dialect {
        error_at: Some("/errcode".into()),
        error_description_at: Some("/errmsg".into()),
        invalid_grant: vec!["40029".into(), "40030".into()].into(),
        ..Dialect::NONE
    };

    assert_eq!(
        refused(&dialect, r#"{"errcode":40030,"errmsg":"invalid refresh_token"}"#),
        ("invalid_grant".into(), Some("invalid refresh_token".into()))
    );
    assert_eq!(refused(&dialect, r#"{"errcode":40029}"#).0, "invalid_grant");
    assert_eq!(refused(&dialect, r#"{"errcode":-1}"#), ("-1".into(), None));
}

#[test]
fn an_access_token_that_is_exchanged_for_a_newer_one_takes_the_refresh_tokens_place() {
    let dialect = Dialect { refresh_from_access_token: true, ..Dialect::NONE };

    let response = exchanged(&dialect, r#"{"access_token":"at","token_type":"bearer"}"#).unwrap();

    assert_eq!(response.refresh_token().unwrap().expose(), "at");
}
