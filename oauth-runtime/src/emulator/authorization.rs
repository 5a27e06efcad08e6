//! The authorization endpoint (RFC 6749 s3.1): checks the request, asks the user, sends the browser back.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use url::Url;

use crate::declaration::{Declaration, Offline, Pkce};
use crate::emulator::consent;
use crate::emulator::ledger::{Grant, Ledger, mint};
use crate::emulator::reply::Reply;
use crate::emulator::user::User;

/// A request that a strict server would take.
pub(super) struct Asked {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: Option<String>,
    offline: bool,
}

pub(super) fn answer(
    declaration: &Declaration,
    issuer: Option<&str>,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Reply {
    let asked = match asked(declaration, ledger, request.uri().query().unwrap_or_default()) {
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
    send_back(ledger, asked, user, issuer)
}

fn send_back(
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
                ledger.codes.insert(code, grant(asked, user, ledger));
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

fn grant(asked: Asked, user: User, ledger: &Ledger) -> Grant {
    Grant {
        user,
        redirect_uri: asked.redirect_uri,
        code_challenge: asked.code_challenge,
        nonce: asked.nonce,
        scope: asked.scope,
        offline: asked.offline,
        expires_at: ledger.now().after(CODE_LIFETIME),
        exchanged_for: None,
    }
}

fn asked(declaration: &Declaration, ledger: &Ledger, query: &str) -> Result<Asked, String> {
    let mut params = HashMap::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        if params.insert(name.to_string(), value.into_owned()).is_some() {
            return Err(format!("`{name}` is given twice"));
        }
    }
    let mut take = |name: &str| params.remove(name).filter(|value| !value.is_empty());
    let client_id = take("client_id").filter(|id| *id == ledger.client.0);
    let client_id = client_id.ok_or("`client_id` is missing or not registered")?;
    let redirect_uri = take("redirect_uri").ok_or("`redirect_uri` is missing")?;
    if take("response_type").as_deref() != Some("code") {
        return Err("`response_type` must be `code`".to_owned());
    }
    let scope = take("scope").unwrap_or_default();
    let separator = &*declaration.scope_separator;
    let asks_for = |wanted: &str| scope.split(separator).any(|scope| scope == wanted);
    let code_challenge = take("code_challenge");
    let s256 = take("code_challenge_method").as_deref() == Some("S256");
    match (declaration.pkce, &code_challenge) {
        (Pkce::Unsupported, Some(_)) => return Err("`code_challenge` is not known here".to_owned()),
        (_, Some(challenge)) if !s256 || challenge.len() != 43 => {
            return Err("`code_challenge` must be 43 characters with `code_challenge_method=S256`"
                .to_owned());
        }
        (Pkce::Required, None) => return Err("`code_challenge` is missing".to_owned()),
        _ => {}
    }
    let offline = match &declaration.offline {
        Offline::Always => true,
        Offline::Never | Offline::Undeclared => false,
        Offline::Scope(scope) => asks_for(scope),
        Offline::Params(params) => {
            params.iter().all(|param| take(&param.name).as_deref() == Some(&*param.value))
        }
    };
    let (state, nonce) = (take("state"), take("nonce"));
    let scope = scope.split(separator).collect::<Vec<_>>().join(" ");
    Ok(Asked { client_id, redirect_uri, scope, state, nonce, code_challenge, offline })
}

/// The fields of a form.
pub(super) fn pairs(form: &[u8]) -> HashMap<String, String> {
    url::form_urlencoded::parse(form).into_owned().collect()
}

const CODE_LIFETIME: Duration = Duration::from_secs(60);
