//! The section that the struct's documentation gains: what is declared.

use crate::model::ProviderModel;
use crate::value::doc;
use crate::value::{Pkce, TokenEndpointAuthMethod};

/// The section, as Markdown.
pub(crate) fn section(model: &ProviderModel) -> String {
    let mut text = String::new();
    if doc::text(&model.item.attrs).is_empty() {
        text += &format!("Signs in with `{}`.\n", model.name);
    }
    text += "\n# Declaration\n\n| key | value |\n| --- | --- |\n";
    for (key, value) in facts(model) {
        text += &format!("| `{key}` | {} |\n", code(&value));
    }
    if !model.scopes.is_empty() {
        text += "\n| scope | value | asked for by default |\n| --- | --- | --- |\n";
    }
    for scope in &model.scopes {
        let default = match model.default_scopes.contains(&scope.value) {
            true => "yes",
            false => "no",
        };
        let (variant, value) = (&scope.variant, code(&scope.value));
        text += &format!("| `{variant}` | {value} | {default} |\n");
    }
    let departures = departures(model);
    if !departures.is_empty() {
        text += &format!("\nDeparts from RFC 6749: {}.\n", departures.join("; "));
    }
    text
}

/// What is declared, in the order of the keys; a default is left out.
fn facts(model: &ProviderModel) -> Vec<(&'static str, String)> {
    let urls = &model.endpoints;
    let method = match model.token_endpoint_auth_method {
        TokenEndpointAuthMethod::ClientSecretBasic => None,
        TokenEndpointAuthMethod::ClientSecretPost => Some("client_secret_post".to_owned()),
        TokenEndpointAuthMethod::None => Some("none".to_owned()),
    };
    [
        ("issuer", urls.issuer.clone()),
        ("authorization_endpoint", Some(urls.authorization_endpoint.clone())),
        ("token_endpoint", Some(urls.token_endpoint.clone())),
        ("revocation_endpoint", urls.revocation_endpoint.clone()),
        ("userinfo_endpoint", urls.userinfo_endpoint.clone()),
        ("jwks_uri", urls.jwks_uri.clone()),
        ("end_session_endpoint", urls.end_session_endpoint.clone()),
        ("api_base", urls.api_base.clone()),
        ("pkce", (model.pkce == Pkce::Required).then(|| "required".to_owned())),
        ("token_endpoint_auth_method", method),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect()
}

/// What is not as the RFC has it.
fn departures(model: &ProviderModel) -> Vec<String> {
    let mut departures = Vec::new();
    if model.scope_separator != " " {
        let separator = code(&model.scope_separator);
        departures.push(format!("scopes are separated by {separator}"));
    }
    if model.pkce == Pkce::Unsupported {
        departures.push("PKCE is not supported".to_owned());
    }
    if let Some(issuer) = &model.dialect.callback_issuer {
        departures.push(format!("the callback carries the issuer {}", code(issuer)));
    }
    if let Some(endpoint) = &model.dialect.refresh_endpoint {
        departures.push(format!("a refresh token is presented at {}", code(endpoint)));
    }
    departures
}

/// A value as code that may stand in a cell of a table.
fn code(value: &str) -> String {
    let fence = if value.contains('`') { "``" } else { "`" };
    format!("{fence}{}{fence}", value.replace('|', "\\|"))
}
