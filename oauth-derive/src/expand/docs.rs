//! The section that the struct's documentation gains: what is declared.

use oauth_declaration::{Declaration, Pkce, ResponseMode, Text, TokenEndpointAuthMethod, code};

use crate::doc::{self, cell};
use crate::model::ProviderModel;
use crate::value::spelt;

/// The section, as Markdown.
pub(crate) fn section(model: &ProviderModel) -> String {
    let declaration = &model.declaration;
    let mut text = String::new();
    if doc::text(&model.item.attrs).is_empty() {
        text += &format!("Signs in with {}.\n", code(&declaration.name));
    }
    text += &registration(declaration);
    text += "\n# Declaration\n\n| key | value |\n| --- | --- |\n";
    for (key, value) in facts(declaration) {
        text += &format!("| `{key}` | {} |\n", cell(&value));
    }
    text += &scopes(declaration);
    text += &placeholders(model);
    if let Some(refresh) = declaration.offline.in_words() {
        text += &format!("\nRefresh tokens: {refresh}.\n");
    }
    let departures = declaration.departures();
    if !departures.is_empty() {
        text += &format!("\nIn the words of the dialect: {}.\n", departures.join("; "));
    }
    text
}

/// Where an application is registered, and how.
fn registration(declaration: &Declaration) -> String {
    let page = |name, url: &Option<Text>| url.as_ref().map(|url| format!("{name}: <{url}>"));
    let pages = [
        page("Console", &declaration.console),
        page("Reference", &declaration.service_documentation),
    ];
    let pages: Vec<String> = pages.into_iter().flatten().collect();
    if pages.is_empty() && declaration.setup.is_empty() {
        return String::new();
    }
    let mut text = "\n# Registration\n\n".to_owned();
    if !pages.is_empty() {
        text += &format!("{}.\n\n", pages.join(". "));
    }
    for (i, step) in declaration.setup.iter().enumerate() {
        text += &format!("{}. {step}\n", i + 1);
    }
    text
}

/// What is declared, in the order of the keys; a default is left out.
fn facts(declaration: &Declaration) -> Vec<(&'static str, String)> {
    let method = declaration.token_endpoint_auth_method;
    let method =
        (method != TokenEndpointAuthMethod::ClientSecretBasic).then(|| spelt(method).into());
    let pkce = (declaration.pkce == Pkce::Required).then(|| spelt(Pkce::Required).into());
    let mode = declaration.response_mode;
    let mode = (mode != ResponseMode::Query).then(|| spelt(mode).into());
    let urls = [
        ("issuer", &declaration.issuer),
        ("authorization_endpoint", &declaration.authorization_endpoint),
        ("token_endpoint", &declaration.token_endpoint),
        ("revocation_endpoint", &declaration.revocation_endpoint),
        ("userinfo_endpoint", &declaration.userinfo_endpoint),
        ("jwks_uri", &declaration.jwks_uri),
        ("end_session_endpoint", &declaration.end_session_endpoint),
        (
            "pushed_authorization_request_endpoint",
            &declaration.pushed_authorization_request_endpoint,
        ),
        ("api_base", &declaration.api_base),
    ];
    let urls = urls.map(|(key, url)| (key, url.as_ref().map(ToString::to_string)));
    urls.into_iter()
        .chain([("pkce", pkce), ("token_endpoint_auth_method", method), ("response_mode", mode)])
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
}

fn scopes(declaration: &Declaration) -> String {
    if declaration.scopes.is_empty() {
        return String::new();
    }
    let mut text = "\n| scope | value | asked for by default |\n| --- | --- | --- |\n".to_owned();
    for scope in declaration.scopes.iter() {
        let default = match declaration.default_scopes.contains(&scope.value) {
            true => "yes",
            false => "no",
        };
        text += &format!("| `{}` | {} | {default} |\n", scope.variant, cell(&scope.value));
    }
    text
}

fn placeholders(model: &ProviderModel) -> String {
    if model.parameters.is_empty() {
        return String::new();
    }
    let mut text = "\n| placeholder | type | default |\n| --- | --- | --- |\n".to_owned();
    for parameter in &model.parameters {
        let default = parameter.default.as_deref().map_or_else(|| "none".to_owned(), cell);
        let kind = parameter.kind.type_name();
        text += &format!("| `{{{}}}` | `{kind}` | {default} |\n", parameter.name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_an_application_is_registered_is_a_section_of_its_own() {
        let declaration = Declaration {
            console: Some("https://a.example/apps".into()),
            service_documentation: Some("https://a.example/docs".into()),
            setup: vec!["Create one.".into(), "Enter the redirect URI.".into()].into(),
            ..Declaration::EMPTY
        };

        assert_eq!(
            registration(&declaration),
            "\n# Registration\n\nConsole: <https://a.example/apps>. Reference: <https://a.example/docs>.\n\n\
             1. Create one.\n2. Enter the redirect URI.\n"
        );
        assert_eq!(registration(&Declaration::EMPTY), "");
    }
}
