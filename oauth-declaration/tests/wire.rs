//! A declaration in a file.

#![cfg(feature = "serde")]

use oauth_declaration::{Declaration, ParamValue};

use crate::everything::everything;

mod everything;

fn refused(json: &str) -> String {
    serde_json::from_str::<Declaration>(json).expect_err("it is refused").to_string()
}

#[test]
fn a_declaration_comes_back_from_json_as_it_was() {
    for declaration in [everything(), Declaration::EMPTY] {
        let json = serde_json::to_string(&declaration).unwrap();

        assert_eq!(serde_json::from_str::<Declaration>(&json).unwrap(), declaration);
    }
}

#[test]
fn a_declaration_comes_back_from_toml_as_it_was() {
    for declaration in [everything(), Declaration::EMPTY] {
        let toml = toml::Table::try_from(&declaration).unwrap();

        assert_eq!(toml.try_into::<Declaration>().unwrap(), declaration);
    }
}

#[test]
fn a_file_is_as_short_as_the_provider_is_plain() {
    let toml = r#"
        name = "Acme"
        slug = "acme"
        authorization_endpoint = "https://{domain}/authorize"
        token_endpoint = "https://{domain}/token"
        default_scopes = ["read"]
        token_params = { shop = { from = "callback.shop" } }

        [[scopes]]
        variant = "Read"
        value = "read"

        [offline]
        params = { access_type = "offline" }

        [dialect]
        callback_params = ["shop"]
        error_when = { at = "/ok", is = "false" }

        [[placeholders]]
        name = "domain"
        kind = "host"
    "#;

    let declaration: Declaration = toml::from_str(toml).unwrap();

    assert_eq!(declaration.mistakes(), []);
    assert_eq!(declaration.token_params[0].value, ParamValue::Callback("shop".into()));
}

#[test]
fn a_mistake_is_found_by_its_place() {
    let toml = r#"
        name = "Acme"
        slug = "acme"
        issuer = "https://acme.example"
        token_params = { "my key" = { from = "token_response.a" } }
        scopes = [{ variant = "Read", value = "read" }, { variant = "Write", value = "a b" }]
    "#;

    let declaration: Declaration = toml::from_str(toml).unwrap();

    let shown: Vec<String> = declaration.mistakes().iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "`scopes[1].value`: a scope holds no space; write two scopes, `\"a\"` and `\"b\"`",
            "`token_params.\"my key\"`: `token_params` takes no `token_response.…`; expected a string or one of `client_id`, `redirect_uri`, `scope`, `state`, `callback.…`",
        ]
    );
}

#[test]
fn a_doubled_name_is_a_mistake_and_no_loss() {
    let json = r#"{"headers": {"Accept": "a", "accept": "b", "Accept": "c"}}"#;
    let declaration: Declaration = serde_json::from_str(json).unwrap();

    assert_eq!(declaration.headers.len(), 3);
}

#[test]
fn an_unknown_field_is_refused_by_its_name() {
    for (json, name) in [
        (r#"{"tokenendpoint": "a"}"#, "`tokenendpoint`"),
        (r#"{"dialect": {"lenient": true}}"#, "`lenient`"),
        (r#"{"profile": {"subject": "/a", "nick": "/b"}}"#, "`nick`"),
        (r#"{"dialect": {"error_when": {"at": "/a", "was": "b"}}}"#, "`was`"),
    ] {
        let refusal = refused(json);

        assert!(refusal.starts_with(&format!("unknown field {name}, expected ")), "{refusal}");
    }
}

#[test]
fn a_wrong_word_names_the_known_ones() {
    let refusal = refused(r#"{"pkce": "always"}"#);
    let known = "unknown variant `always`, expected one of `required`, `optional`, `unsupported`";
    assert!(refusal.starts_with(known), "{refusal}");

    let refusal = refused(r#"{"token_params": {"a": {"from": "client_secret"}}}"#);
    assert!(refusal.starts_with("unknown source `client_secret`, expected one of"), "{refusal}");
}
