//! Each declaration beside what is known of its provider (`tests/data/facts.json`), field by field.

use std::collections::BTreeSet;

use oauth_providers::{
    Apple, Auth0, Cognito, Declaration, GitHub, Google, Keycloak, Microsoft, Okta, Pkce, Provider,
    TokenEndpointAuthMethod,
};
use serde_json::Value;

use crate::deviations::declarations;

/// Where a declaration says something else, and why.
const OTHERWISE: [(&str, &str, &str); 9] = [
    ("apple", "client_auth", "a posted secret, which a key of the client signs"),
    ("cognito", "issuer", "a region is a part of the host, which is one placeholder"),
    ("facebook", "revoke_url", "its path names the user, which no endpoint's URL can"),
    ("github", "revoke_url", "it is a call of the API and no revocation of RFC 7009"),
    ("keycloak", "issuer", "its host is called `domain`, as everywhere"),
    ("mailchimp", "api_base", "it is learnt after the login"),
    ("microsoft", "default_scopes", "`offline_access` is asked for on demand"),
    ("stack_exchange", "token_url", "the one that answers with a form, to log in with a form"),
    ("wechat", "client_auth", "the form's two fields, by other names"),
];

/// What a declaration says of a field of the facts; `None` if it does not speak of it.
fn said(declaration: &Declaration, field: &str) -> Option<Value> {
    let path = |url: &str| url.split('?').next().unwrap_or_default().to_owned();
    let url = match field {
        "issuer" => declaration.issuer.as_deref(),
        "authorize_url" => declaration.authorization_endpoint.as_deref(),
        "token_url" => declaration.token_endpoint.as_deref(),
        "refresh_url" => declaration.dialect.refresh_endpoint.as_deref(),
        "revoke_url" => declaration.revocation_endpoint.as_deref(),
        "userinfo_url" => declaration.userinfo_endpoint.as_deref(),
        "api_base" => declaration.api_base.as_deref().map(|base| base.trim_end_matches('/')),
        "scope_separator" => return Some(declaration.scope_separator.clone().into()),
        "client_auth" => {
            return Some(Value::from(match declaration.token_endpoint_auth_method {
                TokenEndpointAuthMethod::ClientSecretBasic => "basic",
                TokenEndpointAuthMethod::ClientSecretPost => "post",
                TokenEndpointAuthMethod::None => "none",
                TokenEndpointAuthMethod::ClientSecretJwt
                | TokenEndpointAuthMethod::PrivateKeyJwt => "other",
            }));
        }
        "pkce" => {
            return Some(Value::from(match declaration.pkce {
                Pkce::Required => "required",
                Pkce::Optional => "supported",
                Pkce::Unsupported => "unsupported",
            }));
        }
        "default_scopes" => {
            let scopes: BTreeSet<&str> =
                declaration.default_scopes.iter().map(|it| &**it).collect();
            return Some(scopes.into_iter().collect::<Vec<_>>().into());
        }
        other => panic!("nobody compares `{other}`"),
    };
    match url {
        // Its issuer does.
        None if declaration.is_discovered() => None,
        url => Some(url.map_or(Value::Null, |url| path(url).into())),
    }
}

#[test]
fn ma_06_each_declaration_is_what_is_known_of_its_provider() {
    let facts: Vec<serde_json::Map<String, Value>> =
        serde_json::from_str(include_str!("../../../data/facts.json")).unwrap();
    let mut declared = declarations();
    declared.push(GitHub.declaration().clone());
    declared.push(Google.declaration().clone());
    declared.push(Apple.declaration().clone());
    declared.push(Auth0::new("acme.example").unwrap().declaration().clone());
    declared.push(Cognito::new("acme.example", "pool").unwrap().declaration().clone());
    declared.push(Keycloak::new("acme.example", "realm").unwrap().declaration().clone());
    declared.push(Microsoft::new("common").unwrap().declaration().clone());
    declared.push(Okta::new("acme.example").unwrap().declaration().clone());
    let mut differences = BTreeSet::new();

    assert_eq!(facts.len(), declared.len());
    for mut known in facts {
        let slug = known.remove("slug").unwrap().as_str().unwrap().to_owned();
        let declaration =
            declared.iter().find(|it| it.slug == slug).unwrap_or_else(|| panic!("{slug}"));
        if let Some(Value::Array(scopes)) = known.get_mut("default_scopes") {
            scopes.sort_by_key(|scope| scope.as_str().unwrap_or_default().to_owned());
        }
        for (field, known) in known {
            // What nobody knows, a declaration may leave as it is by default.
            let said = said(declaration, &field).filter(|_| known != "unknown");
            if said.is_some_and(|said| said != known) {
                differences.insert((slug.clone(), field));
            }
        }
    }

    let reasoned = OTHERWISE.map(|(slug, field, _)| (slug.to_owned(), field.to_owned()));
    assert_eq!(differences, BTreeSet::from(reasoned));
}
