//! The token endpoint (RFC 6749 s3.2): authenticates the client as declared, exchanges a code once.

use std::collections::HashMap;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request};
use serde_json::{Map, Value, json};

use crate::crypto::{derive, sha256};
use crate::emulator::ledger::{Grant, Ledger, Refresh, Rotation, mint};
use crate::emulator::reply::Reply;
use crate::emulator::request::pairs;
use crate::encoding::{base64, base64url, form_value};
use oauth_declaration::{Declaration, DeclaredField, TokenEndpointAuthMethod};

pub(super) fn answer(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Reply {
    let form = match authenticated_form(declaration, ledger, request) {
        Ok(form) => form,
        Err(reply) => return reply,
    };
    match form.get("grant_type").map(String::as_str) {
        Some("authorization_code") => exchange(declaration, issuer, ledger, &form),
        Some("refresh_token") if declaration.dialect.refresh_endpoint.is_none() => {
            renew(declaration, ledger, &form)
        }
        _ => Reply::error("unsupported_grant_type", "this `grant_type` is not known here"),
    }
}

/// The endpoint that a declaration names for refreshes alone.
pub(super) fn answer_refresh(
    declaration: &Declaration,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Reply {
    match authenticated_form(declaration, ledger, request) {
        Ok(form) => renew(declaration, ledger, &form),
        Err(reply) => reply,
    }
}

/// RFC 6749 s6, and RFC 9700 s4.14.2: a refresh token that was rotated away and comes again is stolen.
fn renew(declaration: &Declaration, ledger: &mut Ledger, form: &HashMap<String, String>) -> Reply {
    ledger.refreshes += 1;
    let presented = form.get("refresh_token").map(String::as_str).unwrap_or_default();
    let Some(refresh) = ledger.refresh_tokens.get_mut(presented) else {
        return Reply::error("invalid_grant", "the refresh token is not known");
    };
    let family = refresh.family.clone();
    if refresh.consumed {
        if ledger.revoke_family_on_reuse {
            ledger.revoke_family(&family);
        }
        return Reply::error("invalid_grant", "the refresh token was used before");
    }
    let rotates = ledger.rotation == Rotation::Rotate && !declaration.dialect.refresh_keeps;
    refresh.consumed = rotates;
    let grant = refresh.grant.clone();
    let access_token = mint("access");
    ledger.admit(&access_token, &grant, &family);
    let mut members = members(declaration, ledger, &grant, &access_token);
    if rotates {
        let next = mint("refresh");
        members.insert("refresh_token".to_owned(), json!(next));
        ledger.refresh_tokens.insert(next, Refresh { grant, family, consumed: false });
    } else if ledger.rotation == Rotation::Repeat && !declaration.dialect.refresh_keeps {
        members.insert("refresh_token".to_owned(), json!(presented));
    }
    members.extend(ledger.token_members.clone());
    Reply::json(&Value::Object(members))
}

/// A refresh token for a user who has not been here.
pub(super) fn refresh_token_of(ledger: &mut Ledger, subject: &str) -> Option<String> {
    let user = ledger.users.find(subject)?.clone();
    let grant = Grant {
        user,
        redirect_uri: String::new(),
        code_challenge: None,
        nonce: None,
        scope: String::new(),
        offline: true,
        expires_at: ledger.now(),
        exchanged_for: None,
    };
    let token = mint("refresh");
    let refresh = Refresh { grant, family: mint("family"), consumed: false };
    ledger.refresh_tokens.insert(token.clone(), refresh);
    Some(token)
}

/// RFC 7009: a token that is not known is revoked already.
pub(super) fn revoke(
    declaration: &Declaration,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Reply {
    match authenticated_form(declaration, ledger, request) {
        Ok(form) => {
            let token = form.get("token").map(String::as_str).unwrap_or_default();
            let family = ledger.refresh_tokens.get(token).map(|refresh| refresh.family.clone());
            ledger.access_tokens.remove(token);
            if let Some(family) = family {
                ledger.revoke_family(&family);
            }
            Reply::json(&json!({}))
        }
        Err(reply) => reply,
    }
}

fn exchange(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    form: &HashMap<String, String>,
) -> Reply {
    let now = ledger.now();
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let Some(grant) = ledger.codes.get_mut(field("code")) else {
        return Reply::error("invalid_grant", "the code is not known");
    };
    if let Some(access_token) = grant.exchanged_for.take() {
        // RFC 6749 s4.1.2: a second use revokes what the first one got.
        ledger.access_tokens.remove(&access_token);
        ledger.codes.remove(field("code"));
        return Reply::error("invalid_grant", "the code was used before");
    }
    if now >= grant.expires_at {
        return Reply::error("invalid_grant", "the code has expired");
    }
    if grant.redirect_uri != field("redirect_uri") {
        return Reply::error("invalid_grant", "`redirect_uri` is another than before");
    }
    let verifier = form.get("code_verifier").map(|verifier| base64url(sha256(verifier.as_bytes())));
    if grant.code_challenge != verifier {
        return Reply::error("invalid_grant", "`code_verifier` does not fit the challenge");
    }
    let access_token = mint("access");
    grant.exchanged_for = Some(access_token.clone());
    let grant = grant.clone();
    let family = mint("family");
    ledger.admit(&access_token, &grant, &family);
    let mut members = members(declaration, ledger, &grant, &access_token);
    if grant.offline {
        let refresh_token = mint("refresh");
        members.insert("refresh_token".to_owned(), json!(refresh_token));
        let refresh = Refresh { grant: grant.clone(), family, consumed: false };
        ledger.refresh_tokens.insert(refresh_token, refresh);
    }
    if grant.scope.split(' ').any(|scope| scope == "openid") {
        members.insert("id_token".to_owned(), json!(id_token(ledger, issuer, &grant)));
    }
    members.extend(ledger.token_members.clone());
    Reply::json(&Value::Object(members))
}

fn members(
    declaration: &Declaration,
    ledger: &Ledger,
    grant: &Grant,
    access_token: &str,
) -> Map<String, Value> {
    let mut members: Map<String, Value> = declaration
        .token_response
        .iter()
        .map(|field| (field.name.to_string(), sample(field)))
        .collect();
    members.insert("access_token".to_owned(), json!(access_token));
    members.insert("token_type".to_owned(), json!("Bearer"));
    if !grant.scope.is_empty() {
        members.insert("scope".to_owned(), json!(grant.scope));
    }
    if let Some(lifetime) = ledger.token_lifetime {
        members.insert("expires_in".to_owned(), json!(lifetime.as_secs()));
    }
    members
}

/// A value of the declared type.
fn sample(field: &DeclaredField) -> Value {
    let rust_type: String = field.rust_type.split_whitespace().collect();
    let inner = rust_type.strip_prefix("Option<").and_then(|inner| inner.strip_suffix('>'));
    match inner.unwrap_or(&rust_type) {
        "bool" => json!(true),
        "f32" | "f64" => json!(1.5),
        number if number.trim_start_matches(['u', 'i']).parse::<u8>().is_ok() => json!(1),
        list if list.starts_with("Vec<") => json!([]),
        _ => json!(format!("{} of the emulator", field.name)),
    }
}

/// An ID token signed with the client's secret (HS256): it has the shape of one, and nobody believes it.
fn id_token(ledger: &Ledger, issuer: Option<&str>, grant: &Grant) -> String {
    let (client_id, client_secret) = &ledger.client;
    let now = ledger.now().as_unix_seconds();
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    let claims = json!({
        "iss": issuer,
        "sub": grant.user.subject,
        "aud": client_id,
        "iat": now,
        "exp": now + 3600,
        "nonce": grant.nonce,
    });
    let signed = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
    let signature = base64url(derive(client_secret.as_bytes(), signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// The form, if it is one and the client has proved itself in the declared way and no other.
fn authenticated_form(
    declaration: &Declaration,
    ledger: &Ledger,
    request: &Request<Bytes>,
) -> Result<HashMap<String, String>, Reply> {
    let content_type = request.headers().get(CONTENT_TYPE).map(http::HeaderValue::as_bytes);
    let is_form =
        content_type.is_some_and(|it| it.starts_with(b"application/x-www-form-urlencoded"));
    if request.method() != Method::POST || !is_form {
        return Err(Reply::error("invalid_request", "a token request is a posted form"));
    }
    let form = pairs(request.body());
    let (id, secret) = &ledger.client;
    let basic = format!("Basic {}", base64(format!("{}:{}", form_value(id), form_value(secret))));
    let header = request.headers().get(AUTHORIZATION).map(http::HeaderValue::as_bytes);
    let id_in_form = form.get("client_id") == Some(id);
    let secret_in_form = form.get("client_secret");
    let proved = match declaration.token_endpoint_auth_method {
        TokenEndpointAuthMethod::ClientSecretBasic => {
            header == Some(basic.as_bytes()) && secret_in_form.is_none()
        }
        TokenEndpointAuthMethod::ClientSecretPost => {
            header.is_none() && id_in_form && secret_in_form == Some(secret)
        }
        TokenEndpointAuthMethod::None => header.is_none() && id_in_form && secret_in_form.is_none(),
    };
    if proved {
        Ok(form)
    } else {
        Err(Reply::error("invalid_client", "the client did not prove itself as declared"))
    }
}
