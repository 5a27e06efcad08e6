//! The provider's API: who the user is, their addresses, and an echo of anything else.

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Method, Request};
use oauth_declaration::{Declaration, Dialect, RequestParam, UserinfoRequest};
use serde_json::{Value, json};

use crate::emulator::address::Endpoint;
use crate::emulator::id_token;
use crate::emulator::ledger::{Grant, Ledger};
use crate::emulator::pointer::set;
use crate::emulator::reply::Reply;
use crate::emulator::request::pairs;
use crate::emulator::token_request::{Fields, demand};
use crate::emulator::user::User;

pub(super) fn answer(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    endpoint: Endpoint,
    path: &str,
    request: &Request<Bytes>,
) -> Reply {
    let dialect = &declaration.dialect;
    let (token, params) = match endpoint {
        Endpoint::UserInfo => asked(dialect, request),
        _ => (bearer(dialect, request), None),
    };
    let Some(grant) = token.and_then(|token| grant(ledger, &token)) else {
        return Reply::invalid_token();
    };
    if let Some((params, fields)) = params
        && demand(declaration, params, grant, &ledger.client.0, &fields).is_err()
    {
        return Reply::refusal("a declared parameter is not what it should be");
    }
    let user = &grant.user.clone();
    match endpoint {
        Endpoint::UserInfo => {
            let mut answer = userinfo(declaration, user);
            for (name, value) in &ledger.userinfo_members {
                answer[name] = value.clone();
            }
            match ledger.signs_userinfo {
                true => Reply::jwt(id_token::userinfo(ledger, issuer, &answer)),
                false => Reply::json(&answer),
            }
        }
        Endpoint::Emails => Reply::json(&emails(declaration, user)),
        _ => match ledger.resources.get(path) {
            Some(resource) => Reply::json(resource),
            None => Reply::json(&json!({
                "emulator": declaration.name,
                "method": request.method().as_str(),
                "path": path,
                "user": user.subject,
            })),
        },
    }
}

/// The token of a userinfo request, and the parameters that it must have.
fn asked<'d>(
    dialect: &'d Dialect,
    request: &Request<Bytes>,
) -> (Option<String>, Option<(&'d [RequestParam], Fields)>) {
    let (token, mut fields) = match dialect.userinfo_request {
        UserinfoRequest::Form if request.method() == Method::POST => {
            let mut fields = pairs(request.body());
            (fields.remove("access_token"), fields)
        }
        UserinfoRequest::Form => (None, Fields::new()),
        UserinfoRequest::Post if request.method() != Method::POST => (None, Fields::new()),
        UserinfoRequest::Bearer | UserinfoRequest::Post => {
            let query = request.uri().query().unwrap_or_default();
            (bearer(dialect, request), pairs(query.as_bytes()))
        }
    };
    fields.retain(|_, value| !value.is_empty());
    (token, Some((&dialect.userinfo_params, fields)))
}

/// The token that the request carries (RFC 6750 s2.1).
pub(super) fn bearer(dialect: &Dialect, request: &Request<Bytes>) -> Option<String> {
    if let Some(param) = &dialect.access_token_param {
        return pairs(request.uri().query()?.as_bytes()).remove(&**param);
    }
    if let Some(name) = &dialect.access_token_header {
        return Some(request.headers().get(&**name)?.to_str().ok()?.to_owned());
    }
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let scheme = dialect.bearer_scheme.as_deref().unwrap_or("Bearer");
    Some(header.strip_prefix(scheme)?.strip_prefix(' ')?.to_owned())
}

/// What the user agreed to, if the token is good.
fn grant<'l>(ledger: &'l Ledger, token: &str) -> Option<&'l Grant> {
    let access = ledger.access_tokens.get(token)?;
    let expired = access.expires_at.is_some_and(|expires_at| ledger.now() >= expires_at);
    (!expired).then_some(&access.grant)
}

/// The profile, with each value where the declaration says it stands.
fn userinfo(declaration: &Declaration, user: &User) -> Value {
    let Some(profile) = &declaration.profile else {
        let mut answer = json!({ "sub": user.subject, "name": user.name });
        user.told_besides(&mut answer);
        return answer;
    };
    let mut answer = json!({});
    user.told_by(profile, &mut answer);
    answer
}

fn emails(declaration: &Declaration, user: &User) -> Value {
    let Some(emails) = &declaration.emails else {
        return json!([]);
    };
    let mut element = json!({});
    set(&mut element, &emails.address, json!(user.email));
    if let Some(pointer) = &emails.verified {
        set(&mut element, pointer, json!(user.email_verified));
    }
    if let Some(pointer) = &emails.primary {
        set(&mut element, pointer, json!(true));
    }
    json!([element])
}
