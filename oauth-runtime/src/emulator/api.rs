//! The provider's API: who the user is, their addresses, and an echo of anything else.

use bytes::Bytes;
use http::Request;
use http::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::emulator::address::Endpoint;
use crate::emulator::ledger::Ledger;
use crate::emulator::reply::Reply;
use crate::emulator::user::User;
use oauth_declaration::{Declaration, EmailVerified};

pub(super) fn answer(
    declaration: &Declaration,
    ledger: &Ledger,
    endpoint: Endpoint,
    path: &str,
    request: &Request<Bytes>,
) -> Reply {
    let Some(user) = bearer(ledger, request) else {
        return Reply::invalid_token();
    };
    match endpoint {
        Endpoint::UserInfo => Reply::json(&userinfo(declaration, user)),
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

/// Whose token the request carries, if it is good (RFC 6750 s2.1).
fn bearer<'l>(ledger: &'l Ledger, request: &Request<Bytes>) -> Option<&'l User> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let access = ledger.access_tokens.get(header.strip_prefix("Bearer ")?)?;
    let expired = access.expires_at.is_some_and(|expires_at| ledger.now() >= expires_at);
    (!expired).then_some(&access.user)
}

/// The profile, with each value where the declaration says it stands.
fn userinfo(declaration: &Declaration, user: &User) -> Value {
    let Some(profile) = &declaration.profile else {
        return json!({ "sub": user.subject, "name": user.name });
    };
    let mut answer = json!({});
    set(&mut answer, &profile.subject, json!(user.subject));
    if let Some(pointer) = &profile.name {
        set(&mut answer, pointer, json!(user.name));
    }
    if let Some(pointer) = &profile.email {
        set(&mut answer, pointer, json!(user.email));
    }
    if let EmailVerified::At(pointer) = &profile.email_verified {
        set(&mut answer, pointer, json!(user.email_verified));
    }
    if let Some(pointer) = &profile.picture {
        set(&mut answer, pointer, json!(user.picture));
    }
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

/// Puts a value where a JSON pointer says, making the objects on the way.
fn set(target: &mut Value, pointer: &str, value: Value) {
    let mut place = target;
    for token in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = json!({});
        }
        place = &mut place[token.replace("~1", "/").replace("~0", "~")];
    }
    *place = value;
}
