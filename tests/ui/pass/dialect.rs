#![deny(warnings, missing_docs)]
//! Every word of the dialect, in as few declarations as hold them: some words exclude each other.

use oauth_runtime::{Provider, oauth_provider};

/// Has a refresh token, and an issuer that it does not publish.
#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    revocation_endpoint = "https://acme.example/revoke",
    userinfo_endpoint = "https://acme.example/me",
    end_session_endpoint = "https://acme.example/logout",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    dialect(
        client_id_param = "client_key",
        client_secret_param = "secret",
        signed_client_secret,
        scope_param = "user_scope",
        sorted_params,
        authorization_fragment = "wechat_redirect",
        callback_issuer = "https://acme.example",
        callback_params("shop"),
        callback_once("user"),
        callback_scope,
        token_request = query,
        token_request_method = get,
        token_response = text,
        token_response_at = "/data",
        access_token_at = "/user/access",
        refresh_token_at = "/user/refresh",
        expires_in_at = "/user/expires",
        scope_at = "/user/scope",
        expires_in = timestamp,
        missing_token_type,
        token_types("bot", "user"),
        error_when(at = "/ok", is = "false"),
        error_at = "/error/code",
        error_description_at = "/error/words",
        invalid_grant("40029", "expired"),
        refresh_endpoint = "https://acme.example/renew",
        refresh_params(shop = callback.shop, redirect_uri = redirect_uri, scope = scope),
        refresh_auth_method = none,
        refresh_grant_type = "renew",
        refresh_token_param = "ticket",
        refresh_keeps,
        refresh_when_expired,
        revocation_request = access_token,
        bearer_scheme = "OAuth",
        userinfo_request = form,
        userinfo_params(key = client_id, shop = callback.shop, id = token_response.user_id),
        post_logout_redirect_uri_param = "logout_uri",
    ),
)]
pub struct Acme;

/// Has none, and calls for JSON.
#[oauth_provider(
    authorization_endpoint = "https://other.example/authorize",
    token_endpoint = "https://other.example/token",
    revocation_endpoint = "https://other.example/revoke",
    dialect(
        token_request = json,
        token_request_method = post,
        token_response = form,
        expires_in = milliseconds,
        error_when(at = "/code", is_not = "0"),
        refresh_from_access_token,
        revocation_request = bearer,
        access_token_param = "access_token",
    ),
)]
pub struct Other;

/// Has an access token for good.
#[oauth_provider(
    authorization_endpoint = "https://once.example/authorize",
    token_endpoint = "https://once.example/token",
    userinfo_endpoint = "https://once.example/me",
    offline(never),
    profile(subject = "/id", email = "/email", email_verified = always),
    dialect(
        missing_id_token,
        access_token_header = "X-Token",
        userinfo_request = post,
        userinfo_params(format = "json"),
    ),
)]
pub struct Once;

/// Is one issuer of many tenants, whom a field of the struct does not name.
#[oauth_provider(
    issuer = "https://many.example/{tenant}/v2.0",
    authorization_endpoint = "https://many.example/{tenant}/authorize",
    token_endpoint = "https://many.example/{tenant}/token",
    jwks_uri = "https://many.example/keys",
    token_endpoint_auth_method = private_key_jwt,
    profile(subject = "/sub"),
    dialect(
        tenant_issuer(template = "https://many.example/{tenantId}/v2.0", claim = "tid"),
        missing_nonce,
        refresh_auth_method = client_secret_jwt,
    ),
)]
pub struct Many {
    tenant: oauth_runtime::Segment,
}

fn main() {
    let dialect = &Acme.declaration().dialect;
    assert_eq!(dialect.client_id_param.as_deref(), Some("client_key"));
    assert!(dialect.sorted_params && dialect.callback_scope && dialect.refresh_keeps);
    assert_eq!((dialect.refresh_params.len(), dialect.userinfo_params.len()), (3, 3));

    let dialect = &Other.declaration().dialect;
    assert!(dialect.refresh_from_access_token);
    assert_eq!(dialect.access_token_param.as_deref(), Some("access_token"));

    let many = Many::new("common").unwrap();
    let tenants = many.declaration().dialect.tenant_issuer.as_ref();
    assert_eq!(tenants.map(|tenants| &*tenants.claim), Some("tid"));
    assert!(many.declaration().is_discovered());

    let dialect = &Once.declaration().dialect;
    assert_eq!(dialect.userinfo_params[0].name, "format");
    assert_eq!(dialect.access_token_header.as_deref(), Some("X-Token"));
}
