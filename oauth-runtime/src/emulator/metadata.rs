//! What the issuer publishes about itself (OpenID Connect Discovery s3).

use serde_json::{Map, Value, json};

use crate::emulator::address::{Endpoint, Map as Addresses};
use crate::emulator::reply::Reply;

pub(super) fn answer(addresses: &Addresses) -> Reply {
    let mut members = Map::new();
    members.insert("issuer".to_owned(), json!(addresses.issuer()));
    for (name, endpoint) in [
        ("authorization_endpoint", Endpoint::Authorization),
        ("token_endpoint", Endpoint::Token),
        ("revocation_endpoint", Endpoint::Revocation),
        ("userinfo_endpoint", Endpoint::UserInfo),
    ] {
        if let Some(url) = addresses.url(endpoint) {
            members.insert(name.to_owned(), json!(url));
        }
    }
    members.insert("response_types_supported".to_owned(), json!(["code"]));
    members.insert("code_challenge_methods_supported".to_owned(), json!(["S256"]));
    Reply::json(&Value::Object(members))
}
