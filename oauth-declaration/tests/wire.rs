//! A declaration in a file.

#![cfg(feature = "serde")]

use oauth_declaration::{
    Declaration, DeclaredField, DeclaredScope, Dialect, EmailVerified, EmailsCall, ErrorWhen,
    ExpiresIn, Offline, Param, ParamValue, Pkce, Placeholder, PlaceholderKind, ProfilePointers,
    RequestParam, RevocationRequest, Text, TokenEndpointAuthMethod, TokenRequest,
    TokenRequestMethod, TokenResponseFormat, UserinfoRequest,
};

fn some(text: &'static str) -> Option<Text> {
    Some(text.into())
}

fn param(name: &'static str, value: ParamValue) -> RequestParam {
    RequestParam { name: name.into(), value }
}

/// A declaration in which nothing is as in `EMPTY`.
fn everything() -> Declaration {
    Declaration {
        name: "Acme".into(),
        slug: "acme".into(),
        issuer: some("https://a.example"),
        authorization_endpoint: some("https://a.example/authorize"),
        token_endpoint: some("https://a.example/token"),
        revocation_endpoint: some("https://a.example/revoke"),
        userinfo_endpoint: some("https://a.example/me"),
        jwks_uri: some("https://a.example/keys"),
        end_session_endpoint: some("https://a.example/logout"),
        api_base: some("https://{domain}/"),
        api_origins: vec!["https://b.example".into()].into(),
        scopes: vec![DeclaredScope {
            variant: "Read".into(),
            value: "read".into(),
            doc: "Reads.".into(),
        }]
        .into(),
        default_scopes: vec!["read".into()].into(),
        scope_separator: ",".into(),
        pkce: Pkce::Required,
        token_endpoint_auth_method: TokenEndpointAuthMethod::ClientSecretPost,
        authorization_params: vec![Param { name: "a".into(), value: "b".into() }].into(),
        token_params: vec![
            // A table of TOML is sorted by its names.
            param("a", ParamValue::Constant("c".into())),
            param("b", ParamValue::ClientId),
            param("c", ParamValue::RedirectUri),
            param("d", ParamValue::Scope),
            param("e", ParamValue::State),
            param("f", ParamValue::Callback("shop.name".into())),
        ]
        .into(),
        offline: Offline::Params(vec![Param { name: "d".into(), value: "e".into() }].into()),
        headers: vec![param("Client-Id", ParamValue::ClientId)].into(),
        token_response: vec![DeclaredField { name: "id".into(), rust_type: "u64".into() }].into(),
        profile: Some(ProfilePointers {
            subject: "/id".into(),
            name: some("/name"),
            email: some("/email"),
            email_verified: EmailVerified::At("/verified".into()),
            picture: some("/picture"),
        }),
        emails: Some(EmailsCall {
            endpoint: "https://a.example/emails".into(),
            address: "/email".into(),
            verified: some("/verified"),
            primary: some("/primary"),
        }),
        dialect: dialect(),
        placeholders: vec![Placeholder {
            name: "domain".into(),
            kind: PlaceholderKind::Host,
            default: some("a.example"),
        }]
        .into(),
    }
}

fn dialect() -> Dialect {
    Dialect {
        client_id_param: some("key"),
        client_secret_param: some("secret"),
        scope_param: some("perms"),
        sorted_params: true,
        authorization_fragment: some("fragment"),
        callback_issuer: some("https://b.example"),
        callback_params: vec!["shop.name".into()].into(),
        callback_scope: true,
        token_request: TokenRequest::Json,
        token_request_method: TokenRequestMethod::Get,
        token_response: TokenResponseFormat::Form,
        token_response_at: some("/a"),
        access_token_at: some("/b"),
        refresh_token_at: some("/c"),
        expires_in_at: some("/d"),
        scope_at: some("/e"),
        expires_in: ExpiresIn::Timestamp,
        missing_token_type: true,
        token_types: vec!["bot".into()].into(),
        error_when: Some(ErrorWhen { at: "/ok".into(), is: some("false"), is_not: some("true") }),
        error_at: some("/f"),
        error_description_at: some("/g"),
        invalid_grant: vec!["40029".into()].into(),
        refresh_endpoint: some("https://a.example/refresh"),
        refresh_params: vec![param("redirect_uri", ParamValue::RedirectUri)].into(),
        refresh_auth_method: Some(TokenEndpointAuthMethod::None),
        refresh_grant_type: some("renew"),
        refresh_token_param: some("token"),
        refresh_from_access_token: true,
        refresh_keeps: true,
        revocation_request: RevocationRequest::AccessToken,
        bearer_scheme: some("OAuth"),
        access_token_param: some("access"),
        userinfo_request: UserinfoRequest::Form,
        userinfo_params: vec![param("openid", ParamValue::TokenResponse("openid".into()))].into(),
    }
}

fn refused(json: &str) -> String {
    serde_json::from_str::<Declaration>(json).unwrap_err().to_string()
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
