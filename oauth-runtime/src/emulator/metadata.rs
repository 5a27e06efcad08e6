//! What the issuer publishes about itself (OpenID Connect Discovery s3).

use oauth_declaration::Declaration;
use serde_json::{Map, Value, json};

use crate::emulator::address::{Endpoint, Map as Addresses};
use crate::emulator::ledger::Ledger;
use crate::emulator::reply::Reply;

pub(super) fn answer(declaration: &Declaration, addresses: &Addresses, ledger: &Ledger) -> Reply {
    let mut members = Map::new();
    let mut say = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
    say("issuer", json!(addresses.announced_issuer()));
    for (name, endpoint) in [
        ("authorization_endpoint", Endpoint::Authorization),
        ("token_endpoint", Endpoint::Token),
        ("revocation_endpoint", Endpoint::Revocation),
        ("userinfo_endpoint", Endpoint::UserInfo),
        ("jwks_uri", Endpoint::Jwks),
        ("end_session_endpoint", Endpoint::EndSession),
        ("pushed_authorization_request_endpoint", Endpoint::PushedAuthorization),
    ] {
        if let Some(url) = addresses.url(endpoint) {
            say(name, json!(url));
        }
    }
    let method = declaration.token_endpoint_auth_method.as_str();
    say("token_endpoint_auth_methods_supported", json!([method]));
    say("response_types_supported", json!(["code"]));
    say("code_challenge_methods_supported", json!(["S256"]));
    say("subject_types_supported", json!(["public"]));
    say("id_token_signing_alg_values_supported", json!([ledger.algorithm.as_str()]));
    say("authorization_response_iss_parameter_supported", json!(true));
    say("backchannel_logout_supported", json!(true));
    say("require_pushed_authorization_requests", json!(ledger.requires_pushed_requests));
    members.extend(ledger.metadata_members.clone());
    Reply::json(&Value::Object(members))
}
