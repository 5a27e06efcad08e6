//! The authorization endpoint (RFC 6749 s3.1): checks the request, asks the user, sends the browser back.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use oauth_declaration::Declaration;
use serde_json::Map;
use url::Url;

use crate::emulator::consent;
use crate::emulator::ledger::{Grant, Ledger, mint};
use crate::emulator::reply::Reply;
use crate::emulator::request::{Asked, pairs};
use crate::emulator::user::User;

pub(super) fn answer(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Reply {
    let asked =
        match Asked::read(declaration, &ledger.client.0, request.uri().query().unwrap_or_default())
        {
            Ok(asked) => asked,
            Err(words) => return Reply::refusal(&words),
        };
    let user = match (ledger.consent_page, request.method()) {
        (false, _) => Some(ledger.users.first().clone()),
        (true, &Method::POST) => {
            let decision = pairs(request.body());
            let subject = decision.get("allow").map(String::as_str);
            subject.and_then(|subject| ledger.users.find(subject)).cloned()
        }
        (true, _) => return Reply::html(consent::page(declaration, &asked, &ledger.users)),
    };
    let user = user.filter(|_| !std::mem::take(&mut ledger.deny_next));
    let issuer = ledger.next_issuer.take().or_else(|| issuer.map(str::to_owned));
    send_back(declaration, ledger, asked, user, issuer)
}

fn send_back(
    declaration: &Declaration,
    ledger: &mut Ledger,
    asked: Asked,
    user: Option<User>,
    issuer: Option<String>,
) -> Reply {
    let Ok(mut location) = Url::parse(&asked.redirect_uri) else {
        return Reply::refusal("`redirect_uri` is not a URL");
    };
    {
        let mut query = location.query_pairs_mut();
        if let Some(state) = &asked.state {
            query.append_pair("state", state);
        }
        match user {
            Some(user) => {
                let code = mint("code");
                query.append_pair("code", &code);
                let dialect = &declaration.dialect;
                let tells_scope = dialect.callback_scope;
                if tells_scope {
                    let granted = asked.scope.replace(' ', &declaration.scope_separator);
                    query.append_pair("scope", &granted);
                }
                let carried = dialect.callback_params.iter();
                let carried: HashMap<String, String> =
                    carried.map(|name| (name.to_string(), mint("carried"))).collect();
                query.extend_pairs(&carried);
                let grant =
                    Grant { scope_was_told: tells_scope, ..grant(asked, user, carried, ledger) };
                ledger.codes.insert(code, grant);
            }
            None => {
                query.append_pair("error", "access_denied");
                query.append_pair("error_description", "The user declined.");
            }
        }
        if let Some(issuer) = issuer {
            query.append_pair("iss", &issuer);
        }
    }
    Reply::see_other(location.as_str())
}

fn grant(asked: Asked, user: User, callback: HashMap<String, String>, ledger: &Ledger) -> Grant {
    Grant {
        user,
        redirect_uri: asked.redirect_uri,
        code_challenge: asked.code_challenge,
        nonce: asked.nonce,
        state: asked.state,
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
