//! Each declaration beside what is known of its provider (`tests/data/facts.json`), field by field.

use std::collections::{BTreeMap, BTreeSet};

use oauth_providers::{Declaration, Offline, Param, Pkce, Text, TokenEndpointAuthMethod};
use serde_json::{Map, Value};

use crate::catalogue::otherwise::OTHERWISE;

/// A field of the facts, and what a declaration says of it, told what is known; `None` if it leaves that to be discovered.
type Field = (&'static str, fn(&Declaration, &Value) -> Option<Value>);

const FIELDS: [Field; 14] = [
    ("issuer", |it, _| Some(url(it, it.issuer.as_ref()))),
    ("authorize_url", |it, _| endpoint(it, it.authorization_endpoint.as_ref())),
    ("token_url", |it, _| endpoint(it, it.token_endpoint.as_ref())),
    ("refresh_url", |it, _| Some(url(it, it.dialect.refresh_endpoint.as_ref()))),
    ("revoke_url", |it, _| endpoint(it, it.revocation_endpoint.as_ref())),
    ("userinfo_url", |it, _| endpoint(it, it.userinfo_endpoint.as_ref())),
    ("jwks_url", |it, _| endpoint(it, it.jwks_uri.as_ref())),
    ("api_base", |it, _| Some(url(it, it.api_base.as_ref()))),
    ("default_scopes", |it, known| {
        // One that asks for a refresh token is asked for on demand.
        let on_demand = match &it.offline {
            Offline::Scope(scope) => Some(scope).filter(|scope| holds(known, scope)),
            _ => None,
        };
        let scopes = it.default_scopes.iter().chain(on_demand);
        Some(scopes.map(|scope| &**scope).collect::<BTreeSet<_>>().into_iter().collect())
    }),
    ("scope_separator", |it, _| Some(it.scope_separator.clone().into())),
    ("client_auth", |it, _| {
        Some(Value::from(match it.token_endpoint_auth_method {
            TokenEndpointAuthMethod::ClientSecretBasic => "basic",
            TokenEndpointAuthMethod::ClientSecretPost => "post",
            TokenEndpointAuthMethod::None => "none",
            TokenEndpointAuthMethod::ClientSecretJwt | TokenEndpointAuthMethod::PrivateKeyJwt => {
                "other"
            }
        }))
    }),
    ("pkce", |it, _| {
        Some(Value::from(match it.pkce {
            Pkce::Required => "required",
            Pkce::Optional => "supported",
            Pkce::Unsupported => "unsupported",
        }))
    }),
    ("refresh", |it, known| {
        let on_demand = known.as_str().and_then(|known| known.strip_prefix("with:"));
        let names = |param: &Param| {
            on_demand.is_some_and(|it| it.contains(&format!("{}={}", param.name, param.value)))
        };
        let as_known = match (&it.offline, on_demand) {
            // What is not asked for in the authorization request is a setting, or a part of another request.
            (Offline::Always, Some(demand)) => !demand.starts_with("scope "),
            (Offline::Scope(scope), Some(demand)) => demand.split(' ').any(|word| word == scope),
            (Offline::Params(params), _) => params.iter().all(names),
            (Offline::Always, None) => known == "yes",
            (Offline::Never, _) => known == "no",
            (Offline::Scope(_) | Offline::Undeclared, _) => false,
        };
        Some(if as_known { known.clone() } else { format!("{:?}", it.offline).into() })
    }),
    ("extra_authorize_params", |it, known| {
        // One that asks for a refresh token is compared with how one is had.
        let asks: &[Param] = match &it.offline {
            Offline::Params(params) => params,
            _ => &[],
        };
        let asks = asks.iter().filter(|param| known.get(&*param.name).is_some());
        let params = it.authorization_params.iter().chain(asks);
        Some(params.map(|param| (param.name.to_string(), Value::from(&*param.value))).collect())
    }),
];

fn holds(known: &Value, scope: &str) -> bool {
    known.as_array().is_some_and(|known| known.iter().any(|it| it == scope))
}

/// A URL that the metadata of an issuer may name instead.
fn endpoint(declaration: &Declaration, given: Option<&Text>) -> Option<Value> {
    match given {
        None if declaration.is_discovered() => None,
        given => Some(url(declaration, given)),
    }
}

/// A URL with the defaults of its placeholders.
fn url(declaration: &Declaration, given: Option<&Text>) -> Value {
    let Some(given) = given else { return Value::Null };
    let defaults = declaration.placeholders.iter();
    let defaults = defaults.filter_map(|it| Some((&*it.name, it.default.as_deref()?)));
    plain(given, defaults).into()
}

/// What of a URL is compared: not its query, and no name of a placeholder; a host that holds one is one.
fn plain<'a>(url: &str, defaults: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let url = defaults
        .fold(url.to_owned(), |url, (name, value)| url.replace(&format!("{{{name}}}"), value));
    let url = url.split('?').next().unwrap_or_default().trim_end_matches('/');
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = if host.contains('{') { "{}" } else { host };
    let segments = path.split('/').map(|segment| match segment.split_once('{') {
        Some((before, rest)) => {
            format!("{before}{{}}{}", rest.split_once('}').map_or("", |(_, after)| after))
        }
        None => segment.to_owned(),
    });
    format!("{scheme}://{host}{}", segments.collect::<Vec<_>>().join("/"))
}

/// What is known, in the form of what is said.
fn known(facts: &Map<String, Value>, field: &str) -> Value {
    let known = facts.get(field).cloned().unwrap_or_default();
    match (field, known) {
        ("default_scopes", Value::Array(scopes)) => {
            let scopes: BTreeSet<String> =
                scopes.iter().map(|scope| scope.as_str().unwrap().to_owned()).collect();
            scopes.into_iter().collect()
        }
        ("extra_authorize_params", Value::Null) => Value::Object(Map::new()),
        (field, Value::String(text))
            if field.ends_with("_url") || matches!(field, "issuer" | "api_base") =>
        {
            let params = facts.get("params").and_then(Value::as_object);
            let defaults = params.into_iter().flatten();
            plain(&text, defaults.filter_map(|(name, it)| Some((&**name, it.as_str()?)))).into()
        }
        (_, known) => known,
    }
}

pub(crate) fn facts() -> BTreeMap<String, Map<String, Value>> {
    let facts: Vec<Map<String, Value>> =
        serde_json::from_str(include_str!("../../../data/facts.json")).unwrap();
    facts.into_iter().map(|known| (known["id"].as_str().unwrap().to_owned(), known)).collect()
}

#[test]
fn ma_06_each_declaration_is_what_is_known_of_its_provider() {
    let facts = facts();
    let mut differences = BTreeMap::new();

    for listed in oauth_providers::catalogue() {
        let declaration = listed.declaration();
        let slug = &*declaration.slug;
        let facts = facts.get(slug).unwrap_or_else(|| panic!("nothing is known of {slug}"));
        for (field, said) in FIELDS {
            let known = known(facts, field);
            // What nobody knows, a declaration may leave as it is by default.
            let said = said(declaration, &known).filter(|_| known != "unknown");
            if let Some(said) = said.filter(|said| *said != known) {
                differences.insert((slug, field), format!("known: {known}, declared: {said}"));
            }
        }
    }

    let reasoned: BTreeSet<(&str, &str)> = OTHERWISE
        .iter()
        .flat_map(|(slugs, fields, _)| {
            slugs.split(' ').flat_map(|slug| fields.split(' ').map(move |field| (slug, field)))
        })
        .collect();
    let unreasoned: Vec<String> = differences
        .iter()
        .filter(|(place, _)| !reasoned.contains(*place))
        .map(|((slug, field), how)| format!("{slug}.{field}: {how}"))
        .collect();
    assert_eq!(unreasoned, [""; 0], "{}", unreasoned.join("\n"));
    let needless: Vec<_> =
        reasoned.iter().filter(|place| !differences.contains_key(*place)).collect();
    assert_eq!(needless, Vec::<&(&str, &str)>::new(), "these are as they are known");
}
