//! The authorization endpoint (RFC 6749 s3.1): checks the request, asks the user, sends the browser back.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use oauth_declaration::{Declaration, ResponseMode};
use serde_json::{Map, json};
use url::Url;

use crate::emulator::consent;
use crate::emulator::ledger::{Grant, Ledger, mint};
use crate::emulator::pushed;
use crate::emulator::reply::Reply;
use crate::emulator::request::{Asked, pairs};
use crate::emulator::user::User;

pub(super) fn answer(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Reply {
    let query = request.uri().query().unwrap_or_default();
    let asked = pushed::resolved(declaration, ledger, query).map_err(str::to_owned);
    let asked = asked.and_then(|query| Asked::read(declaration, &ledger.client.0, &query));
    let asked = match asked {
        Ok(asked) => asked,
        Err(words) => return Reply::refusal(&words),
    };
    let user = match (ledger.consent_page, request.method()) {
        _ if ledger.denies_all => None,
        (false, _) => Some(ledger.users.first().clone()),
        (true, &Method::POST) => {
            let decision = pairs(request.body());
            let subject = decision.get("allow").map(String::as_str);
            subject.and_then(|subject| ledger.users.find(subject)).cloned()
        }
        (true, _) => return Reply::html(consent::page(declaration, &asked, &ledger.users)),
    };
    let user = user.filter(|_| !std::mem::take(&mut ledger.deny_next));
    let tampered = ledger.next_issuer.take().or_else(|| ledger.callback_issuer.clone());
    let issuer = tampered.or_else(|| issuer.map(str::to_owned));
    send_back(declaration, ledger, asked, user, issuer)
}

fn send_back(
    declaration: &Declaration,
    ledger: &mut Ledger,
    asked: Asked,
    user: Option<User>,
    issuer: Option<String>,
) -> Reply {
    let Ok(location) = Url::parse(&asked.redirect_uri) else {
        return Reply::refusal("`redirect_uri` is not a URL");
    };
    let mut params: Vec<(String, String)> = Vec::new();
    let mut push = |name: &str, value: &str| params.push((name.to_owned(), value.to_owned()));
    if let Some(state) = &asked.state {
        push("state", state);
    }
    match user {
        Some(user) => {
            let code = mint("code");
            push("code", &code);
            let dialect = &declaration.dialect;
            let tells_scope = dialect.callback_scope;
            if tells_scope {
                push("scope", &asked.scope.replace(' ', &declaration.scope_separator));
            }
            let carried = dialect.callback_params.iter();
            let carried: HashMap<String, String> =
                carried.map(|name| (name.to_string(), mint("carried"))).collect();
            for (name, value) in &carried {
                push(name, value);
            }
            let once = &dialect.callback_once;
            if !once.is_empty() && ledger.arrivals.insert(user.subject.clone()) {
                once.iter().for_each(|name| push(name, &said_once(&user)));
            }
            let grant =
                Grant { scope_was_told: tells_scope, ..grant(asked, user, carried, ledger) };
            ledger.newest_sid = Some(grant.sid.clone());
            ledger.codes.insert(code, grant);
        }
        None => {
            push("error", "access_denied");
            push("error_description", "The user declined.");
        }
    }
    if let Some(issuer) = issuer {
        push("iss", &issuer);
    }
    match declaration.response_mode {
        ResponseMode::Query => {
            let mut location = location;
            location.query_pairs_mut().extend_pairs(&params);
            Reply::see_other(location.as_str())
        }
        ResponseMode::FormPost => Reply::html(consent::form_post(location.as_str(), &params)),
    }
}

/// What a provider tells of a user once, as Apple does: when they come for the first time.
fn said_once(user: &User) -> String {
    let (first, last) = user.name.split_once(' ').unwrap_or((&user.name, ""));
    json!({ "name": { "firstName": first, "lastName": last }, "email": user.email }).to_string()
}

fn grant(asked: Asked, user: User, callback: HashMap<String, String>, ledger: &Ledger) -> Grant {
    Grant {
        user,
        redirect_uri: asked.redirect_uri,
        code_challenge: asked.code_challenge,
        nonce: asked.nonce,
        state: asked.state,
        auth_time: ledger.now().as_unix_seconds(),
        acr: asked.acr,
        sid: mint("sid"),
        callback,
        answer: Map::new(),
        scope: asked.scope,
        offline: asked.offline,
        scope_was_told: false,
        expires_at: ledger.now().after(CODE_LIFETIME),
        exchanged_for: None,
    }
}

const CODE_LIFETIME: Duration = Duration::from_secs(60);
