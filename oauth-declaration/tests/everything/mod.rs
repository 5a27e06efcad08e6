//! A declaration in which nothing is as in `EMPTY`.

use oauth_declaration::{
    Declaration, DeclaredField, DeclaredScope, Dialect, EmailVerified, EmailsCall, ErrorWhen,
    ExpiresIn, Offline, Param, ParamValue, Pkce, Placeholder, PlaceholderKind, ProfilePointers,
    RequestParam, ResponseMode, RevocationRequest, TenantIssuer, Text, TokenEndpointAuthMethod,
    TokenRequest, TokenRequestMethod, TokenResponseFormat, UserinfoRequest,
};

fn some(text: &'static str) -> Option<Text> {
    Some(text.into())
}

fn param(name: &'static str, value: ParamValue) -> RequestParam {
    RequestParam { name: name.into(), value }
}

/// The declaration. It breaks rules, since some words exclude others.
pub(crate) fn everything() -> Declaration {
    Declaration {
        name: "Acme".into(),
        slug: "acme".into(),
        console: some("https://a.example/console"),
        service_documentation: some("https://a.example/docs"),
        setup: vec!["Create an application.".into()].into(),
        issuer: some("https://a.example"),
        authorization_endpoint: some("https://a.example/authorize"),
        token_endpoint: some("https://a.example/token"),
        revocation_endpoint: some("https://a.example/revoke"),
        userinfo_endpoint: some("https://a.example/me"),
        jwks_uri: some("https://a.example/keys"),
        end_session_endpoint: some("https://a.example/logout"),
        pushed_authorization_request_endpoint: some("https://a.example/par"),
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
        token_endpoint_auth_method: TokenEndpointAuthMethod::ClientSecretJwt,
        response_mode: ResponseMode::FormPost,
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
        tenant_issuer: Some(TenantIssuer {
            template: "https://a.example/{tenantid}".into(),
            claim: "tid".into(),
        }),
        client_id_param: some("key"),
        client_secret_param: some("secret"),
        signed_client_secret: true,
        scope_param: some("perms"),
        sorted_params: true,
        authorization_fragment: some("fragment"),
        callback_issuer: some("https://b.example"),
        callback_params: vec!["shop.name".into()].into(),
        callback_once: vec!["user".into()].into(),
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
        missing_id_token: true,
        missing_nonce: true,
        secret_signs_id_token: true,
        error_when: Some(ErrorWhen { at: "/ok".into(), is: some("false"), is_not: some("true") }),
        error_at: some("/f"),
        error_description_at: some("/g"),
        invalid_grant: vec!["40029".into()].into(),
        refresh_endpoint: some("https://a.example/refresh"),
        refresh_params: vec![param("redirect_uri", ParamValue::RedirectUri)].into(),
        refresh_auth_method: Some(TokenEndpointAuthMethod::PrivateKeyJwt),
        refresh_grant_type: some("renew"),
        refresh_token_param: some("token"),
        refresh_from_access_token: true,
        refresh_keeps: true,
        refresh_when_expired: true,
        revocation_request: RevocationRequest::AccessToken,
        bearer_scheme: some("OAuth"),
        access_token_param: some("access"),
        access_token_header: some("X-Access"),
        userinfo_request: UserinfoRequest::Form,
        userinfo_params: vec![param("openid", ParamValue::TokenResponse("openid".into()))].into(),
        post_logout_redirect_uri_param: some("logout_uri"),
    }
}
