//! What a client sends to the token, refresh and revocation endpoints, read as strictly as the dialect allows.

use std::collections::HashMap;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request};
use oauth_declaration::{
    Declaration, Dialect, ParamValue, RequestParam, TokenEndpointAuthMethod, TokenRequest,
    TokenRequestMethod,
};

use crate::credentials::ASSERTION_TYPE;
use crate::emulator::client_assertion;
use crate::emulator::ledger::{Grant, Ledger};
use crate::emulator::request::{client_id_param, pairs};
use crate::emulator::token_answer::Refusal;
use crate::encoding::{base64, form_value};

/// The fields of a request by their names.
pub(super) type Fields = HashMap<String, String>;

/// The method of requests for a token.
pub(super) fn method(dialect: &Dialect) -> Method {
    match dialect.token_request_method {
        TokenRequestMethod::Post => Method::POST,
        TokenRequestMethod::Get => Method::GET,
    }
}

/// The fields, from the one place where they may stand.
pub(super) fn fields(
    dialect: &Dialect,
    method: &Method,
    request: &Request<Bytes>,
) -> Result<Fields, Refusal> {
    if request.method() != method {
        return Err(Refusal::new(
            "invalid_request",
            "this is another method than the declared one",
        ));
    }
    let place = if method == Method::GET { TokenRequest::Query } else { dialect.token_request };
    let content_type = request.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_a = |expected: &str| content_type.is_some_and(|it| it.starts_with(expected.as_bytes()));
    let fields = match place {
        TokenRequest::Form if is_a("application/x-www-form-urlencoded") => {
            Some(pairs(request.body()))
        }
        TokenRequest::Json if is_a("application/json") => {
            serde_json::from_slice(request.body()).ok()
        }
        TokenRequest::Query if request.body().is_empty() => {
            Some(pairs(request.uri().query().unwrap_or_default().as_bytes()))
        }
        _ => None,
    };
    fields.ok_or(Refusal::new("invalid_request", "the fields do not travel as declared"))
}

/// The client has proved itself in this way, and in no other.
pub(super) fn authenticate(
    dialect: &Dialect,
    auth_method: TokenEndpointAuthMethod,
    ledger: &mut Ledger,
    fields: &Fields,
    request: &Request<Bytes>,
) -> Result<(), Refusal> {
    let (id, secret) = &ledger.client.clone();
    let basic = format!("Basic {}", base64(format!("{}:{}", form_value(id), form_value(secret))));
    let header = request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes);
    let id_in_form = fields.get(client_id_param(dialect)) == Some(id);
    let secret_param = dialect.client_secret_param.as_deref().unwrap_or("client_secret");
    let secret_in_form = fields.get(secret_param);
    let is_assertion =
        fields.get("client_assertion_type").map(String::as_str) == Some(ASSERTION_TYPE);
    let assertion = fields.get("client_assertion");
    let has_no_secret = header.is_none() && id_in_form && secret_in_form.is_none();
    let mut signs = |by_key: bool| {
        let token = assertion.filter(|_| is_assertion && has_no_secret);
        token.is_some_and(|token| client_assertion::proves(ledger, token, by_key))
    };
    let proved = match auth_method {
        TokenEndpointAuthMethod::ClientSecretBasic => {
            header == Some(basic.as_bytes()) && secret_in_form.is_none()
        }
        TokenEndpointAuthMethod::ClientSecretPost if dialect.signed_client_secret => {
            let token = secret_in_form.filter(|_| header.is_none() && id_in_form);
            token.is_some_and(|token| client_assertion::proves(ledger, token, true))
        }
        TokenEndpointAuthMethod::ClientSecretPost => {
            header.is_none() && id_in_form && secret_in_form == Some(secret)
        }
        TokenEndpointAuthMethod::ClientSecretJwt => signs(false),
        TokenEndpointAuthMethod::PrivateKeyJwt => signs(true),
        TokenEndpointAuthMethod::None => has_no_secret && assertion.is_none(),
    };
    match proved {
        true => Ok(()),
        false => Err(Refusal::new("invalid_client", "the client did not prove itself as declared")),
    }
}

/// Every declared parameter is there, with the value that the server knows of.
pub(super) fn demand(
    declaration: &Declaration,
    params: &[RequestParam],
    grant: &Grant,
    client_id: &str,
    fields: &Fields,
) -> Result<(), Refusal> {
    let is_right = |param: &RequestParam| {
        let found = fields.get(&*param.name).map(String::as_str);
        match &param.value {
            ParamValue::Constant(text) => found == Some(&**text),
            ParamValue::ClientId => found == Some(client_id),
            ParamValue::RedirectUri => found == Some(&grant.redirect_uri),
            ParamValue::Scope => {
                let separated = grant.scope.replace(' ', &declaration.scope_separator);
                found.unwrap_or_default() == separated
            }
            ParamValue::State => found == grant.state.as_deref(),
            ParamValue::Callback(name) => {
                found.is_some() && found == grant.callback.get(&**name).map(String::as_str)
            }
            ParamValue::TokenResponse(name) => {
                let member = grant.answer.get(&**name);
                let text =
                    member.map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned));
                found.is_some() && found == text.as_deref()
            }
        }
    };
    match params.iter().all(is_right) {
        true => Ok(()),
        false => {
            Err(Refusal::new("invalid_request", "a declared parameter is not what it should be"))
        }
    }
}
