//! Pushed authorization requests (RFC 9126): taken with the client's authentication, and used once.

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use oauth_declaration::Declaration;
use serde_json::json;

use crate::emulator::ledger::{Ledger, mint};
use crate::emulator::reply::Reply;
use crate::emulator::request::{Asked, client_id_param, pairs};
use crate::emulator::token_answer::{self, Refusal};
use crate::emulator::token_request::{self, authenticate};

pub(super) fn answer(
    declaration: &Declaration,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Reply {
    let now = ledger.now();
    match taken(declaration, ledger, request) {
        Ok(query) => {
            let reference = format!("urn:ietf:params:oauth:request_uri:{}", mint("pushed"));
            ledger.pushed.insert(reference.clone(), query);
            let body = json!({ "request_uri": reference, "expires_in": 60 });
            Reply::json_with(StatusCode::CREATED, &body)
        }
        Err(refusal) => token_answer::answer(&declaration.dialect, Err(refusal), now),
    }
}

/// The request as a query, without what proves the client.
fn taken(
    declaration: &Declaration,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Result<String, Refusal> {
    let dialect = &declaration.dialect;
    let fields = token_request::fields(dialect, &Method::POST, request)?;
    let auth_method = declaration.token_endpoint_auth_method;
    authenticate(dialect, auth_method, ledger, &fields, request)?;
    if fields.contains_key("request_uri") {
        return Err(Refusal::new("invalid_request", "`request_uri` is not pushed itself"));
    }
    let proofs = ["client_secret", "client_assertion", "client_assertion_type"];
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields.iter().filter(|(name, _)| !proofs.contains(&name.as_str())))
        .finish();
    let asked = Asked::read(declaration, &ledger.client.0, &query);
    asked.map_err(|_| Refusal::new("invalid_request", "it is not an authorization request"))?;
    Ok(query)
}

/// The query that a browser stands for: its own, or the one that was pushed.
pub(super) fn resolved(
    declaration: &Declaration,
    ledger: &Ledger,
    query: &str,
) -> Result<String, &'static str> {
    let params = pairs(query.as_bytes());
    let Some(reference) = params.get("request_uri") else {
        return match ledger.requires_pushed_requests {
            true => Err("a login begins with a pushed request here"),
            false => Ok(query.to_owned()),
        };
    };
    let is_known =
        |name: &String| *name == client_id_param(&declaration.dialect) || name == "request_uri";
    if !params.keys().all(is_known) {
        return Err("only `client_id` stands beside `request_uri`");
    }
    if params.get(client_id_param(&declaration.dialect)) != Some(&ledger.client.0) {
        return Err("`client_id` is missing or not registered");
    }
    // A page is asked for twice, once to look and once to agree.
    ledger.pushed.get(reference).cloned().ok_or("`request_uri` is not known")
}
