//! The token endpoint (RFC 6749 s3.2): authenticates the client as declared, exchanges a code once.

use bytes::Bytes;
use http::{Method, Request};
use oauth_declaration::{Declaration, DeclaredField, RevocationRequest};
use serde_json::{Map, Value, json};

use crate::crypto::sha256;
use crate::emulator::api::bearer;
use crate::emulator::id_token::id_token;
use crate::emulator::ledger::{Grant, Ledger, Refresh, Rotation, mint};
use crate::emulator::reply::Reply;
use crate::emulator::token_answer::{self, Refusal};
use crate::emulator::token_request::{self, Fields, authenticate, demand};
use crate::encoding::base64url;

/// What an endpoint gives a token for.
#[derive(Clone, Copy)]
pub(super) struct Duties {
    pub(super) exchanges: bool,
    pub(super) refreshes: bool,
}

/// The members of a token response, or why there is none.
type Outcome = Result<Map<String, Value>, Refusal>;

pub(super) fn answer(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
    duties: Duties,
) -> Reply {
    let (outcome, now) = (outcome(declaration, issuer, ledger, request, duties), ledger.now());
    token_answer::answer(&declaration.dialect, outcome, now)
}

fn outcome(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
    duties: Duties,
) -> Outcome {
    let dialect = &declaration.dialect;
    let fields = token_request::fields(dialect, &token_request::method(dialect), request)?;
    let auth_method = declaration.token_endpoint_auth_method;
    let refresh_grant_type = dialect.refresh_grant_type.as_deref().unwrap_or("refresh_token");
    let grant_type = fields.get("grant_type").map(String::as_str);
    if duties.refreshes && grant_type == Some(refresh_grant_type) {
        let auth_method = dialect.refresh_auth_method.unwrap_or(auth_method);
        authenticate(dialect, auth_method, ledger, &fields, request)?;
        return renew(declaration, issuer, ledger, &fields);
    }
    authenticate(dialect, auth_method, ledger, &fields, request)?;
    if duties.exchanges && grant_type == Some("authorization_code") {
        return exchange(declaration, issuer, ledger, &fields);
    }
    Err(Refusal::new("unsupported_grant_type", "this `grant_type` is not known here"))
}

/// RFC 6749 s6, and RFC 9700 s4.14.2: a refresh token that was rotated away and comes again is stolen.
fn renew(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    fields: &Fields,
) -> Outcome {
    ledger.refreshes += 1;
    let dialect = &declaration.dialect;
    let token_param = dialect.refresh_token_param.as_deref().unwrap_or("refresh_token");
    let presented = field(fields, token_param);
    let client_id = ledger.client.0.clone();
    let is_good = ledger.has_good_access(presented);
    let Some(refresh) = ledger.refresh_tokens.get_mut(presented) else {
        return Err(Refusal::new("invalid_grant", "the refresh token is not known"));
    };
    demand(declaration, &dialect.refresh_params, &refresh.grant, &client_id, fields)?;
    let family = refresh.family.clone();
    if refresh.consumed {
        if ledger.revoke_family_on_reuse {
            ledger.revoke_family(&family);
        }
        return Err(Refusal::new("invalid_grant", "the refresh token was used before"));
    }
    if dialect.refresh_when_expired && is_good {
        return Err(Refusal::new("invalid_grant", "the access token has not expired"));
    }
    let keeps = dialect.refresh_keeps;
    let rotates = ledger.rotation == Rotation::Rotate && !keeps;
    refresh.consumed = rotates;
    let grant = refresh.grant.clone();
    let mut issued = issue(declaration, ledger, &grant, &family);
    sign_in(declaration, &mut issued, ledger, issuer, &grant, true);
    if rotates {
        let next = mint("refresh");
        issued.members.insert("refresh_token".to_owned(), json!(next));
        ledger.refresh_tokens.insert(next, Refresh { grant, family, consumed: false });
    } else if ledger.rotation == Rotation::Repeat && !keeps && !issued.refreshes_itself {
        issued.members.insert("refresh_token".to_owned(), json!(presented));
    }
    issued.members.extend(ledger.token_members.clone());
    Ok(issued.members)
}

/// A refresh token for a user who has not been here.
pub(super) fn refresh_token_of(ledger: &mut Ledger, subject: &str) -> Option<String> {
    let user = ledger.users.find(subject)?.clone();
    let grant = Grant::of_a_user(user, ledger.now());
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
    let now = ledger.now();
    let outcome = revoked(declaration, ledger, request).map(|token| {
        let family = ledger.refresh_tokens.get(&token).map(|refresh| refresh.family.clone());
        ledger.access_tokens.remove(&token);
        if let Some(family) = family {
            ledger.revoke_family(&family);
        }
    });
    match outcome {
        Ok(()) => Reply::json(&json!({})),
        Err(refusal) => token_answer::answer(&declaration.dialect, Err(refusal), now),
    }
}

/// The token that is to be revoked.
fn revoked(
    declaration: &Declaration,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Result<String, Refusal> {
    let dialect = &declaration.dialect;
    let name = match dialect.revocation_request {
        RevocationRequest::Token => "token",
        RevocationRequest::AccessToken => "access_token",
        RevocationRequest::Bearer => {
            let token = bearer(dialect, request);
            let known = token.filter(|token| ledger.access_tokens.contains_key(token));
            let words = "the access token is not known";
            return known.ok_or(Refusal::new("invalid_token", words));
        }
    };
    let fields = token_request::fields(dialect, &Method::POST, request)?;
    let auth_method = declaration.token_endpoint_auth_method;
    authenticate(dialect, auth_method, ledger, &fields, request)?;
    Ok(field(&fields, name).to_owned())
}

fn exchange(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    fields: &Fields,
) -> Outcome {
    let (now, client_id) = (ledger.now(), ledger.client.0.clone());
    let refused = |words| Err(Refusal::new("invalid_grant", words));
    let code = field(fields, "code");
    let Some(grant) = ledger.codes.get_mut(code) else { return refused("the code is not known") };
    if let Some(access_token) = grant.exchanged_for.take() {
        // RFC 6749 s4.1.2: a second use revokes what the first one got.
        ledger.access_tokens.remove(&access_token);
        ledger.codes.remove(code);
        return refused("the code was used before");
    }
    if now >= grant.expires_at {
        return refused("the code has expired");
    }
    if grant.redirect_uri != field(fields, "redirect_uri") {
        return refused("`redirect_uri` is another than before");
    }
    let verifier = fields.get("code_verifier");
    let challenge = verifier.map(|verifier| base64url(sha256(verifier.as_bytes())));
    if grant.code_challenge != challenge {
        return refused("`code_verifier` does not fit the challenge");
    }
    let grant = grant.clone();
    demand(declaration, &declaration.token_params, &grant, &client_id, fields)?;
    let family = mint("family");
    let mut issued = issue(declaration, ledger, &grant, &family);
    sign_in(declaration, &mut issued, ledger, issuer, &grant, false);
    if let Some(grant) = ledger.codes.get_mut(code) {
        grant.exchanged_for = Some(issued.access_token);
    }
    if grant.offline && !issued.refreshes_itself {
        let refresh_token = mint("refresh");
        issued.members.insert("refresh_token".to_owned(), json!(refresh_token));
        let refresh = Refresh { grant: grant.clone(), family, consumed: false };
        ledger.refresh_tokens.insert(refresh_token, refresh);
    }
    issued.members.extend(ledger.token_members.clone());
    Ok(issued.members)
}

/// An access token that is good from now on, and what is said of it.
struct Issued {
    access_token: String,
    members: Map<String, Value>,
    /// It is presented itself when it is to be renewed.
    refreshes_itself: bool,
}

fn issue(declaration: &Declaration, ledger: &mut Ledger, grant: &Grant, family: &str) -> Issued {
    let declared = declaration.token_response.iter();
    let mut members: Map<String, Value> =
        declared.map(|field| (field.name.to_string(), sample(field))).collect();
    let access_token = mint("access");
    members.insert("access_token".to_owned(), json!(access_token));
    members.insert("token_type".to_owned(), json!("Bearer"));
    if !grant.scope.is_empty() && !grant.scope_was_told {
        members.insert("scope".to_owned(), json!(grant.scope));
    }
    if let Some(lifetime) = ledger.token_lifetime {
        members.insert("expires_in".to_owned(), json!(lifetime.as_secs()));
    }
    let grant = Grant { answer: members.clone(), ..grant.clone() };
    ledger.admit(&access_token, &grant, family);
    let refreshes_itself = declaration.dialect.refresh_from_access_token;
    if refreshes_itself {
        let refresh = Refresh { grant, family: family.to_owned(), consumed: false };
        ledger.refresh_tokens.insert(access_token.clone(), refresh);
    }
    Issued { access_token, members, refreshes_itself }
}

/// Adds the ID token, where the login asked for one.
fn sign_in(
    declaration: &Declaration,
    issued: &mut Issued,
    ledger: &mut Ledger,
    issuer: Option<&str>,
    grant: &Grant,
    is_refresh: bool,
) {
    let openid = grant.scope.split(' ').any(|scope| scope == "openid");
    if !declaration.expects_id_token(openid) {
        return;
    }
    if let Some(token) =
        id_token(declaration, ledger, issuer, grant, &issued.access_token, is_refresh)
    {
        issued.members.insert("id_token".to_owned(), json!(token));
    }
}

fn field<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.get(name).map(String::as_str).unwrap_or_default()
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
