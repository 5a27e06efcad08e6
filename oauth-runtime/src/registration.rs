//! Our client at one provider: what the engine works on, not generic.
//!
//! Made once, at `build()`, from a declaration and the application's values. Everything that can be
//! computed before a request is computed here: the resolved endpoints, the static part of the
//! authorization URL, the names of the cookies.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use oauth_declaration::{Declaration, List, Offline, ParamValue, RequestParam, Text};
use url::{Origin, Url};

use crate::answer_shape::AnswerShape;
use crate::authorization_url::{AuthorizationQuery, authorization_params};
use crate::body::login_required;
use crate::build_error::Fault;
use crate::client_key::ClientKey;
use crate::clock::Clock;
use crate::credentials::{ClientAuthentication, Credentials, SecretSource};
use crate::crypto::sha256;
use crate::crypto::signature::SigningAlgorithm;
use crate::endpoint::{
    Environment, callable, fill, has_user_info, is_https_or_loopback, without_user_info,
};
use crate::endpoints::{Api, Endpoints};
use crate::entropy::Entropy;
use crate::instance::Instance;
use crate::jwk::KeySet;
use crate::metadata::Metadata;
use crate::published::Published;
use crate::scope::{Scope, Scopes};
use crate::server::{OF_KEYS, ServerSource};
use crate::state::State;
use crate::token_policy::TokenPolicy;

/// What an application says about its client; everything is optional until [`Registration::new`].
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) name: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) client_secret: Option<SecretSource>,
    pub(crate) client_key: Option<ClientKey>,
    pub(crate) redirect_uri: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) scopes: Scopes,
    pub(crate) offline_access: bool,
    pub(crate) authorization_params: Vec<(String, String)>,
    pub(crate) environment: Environment,
    pub(crate) login_path: Option<String>,
    pub(crate) after_logout: Option<String>,
    pub(crate) pushes_requests: bool,
    pub(crate) tokens: TokenPolicy,
}

/// Our client at one provider.
#[derive(Debug)]
pub(crate) struct Registration {
    pub(crate) declaration: Declaration,
    pub(crate) instance: Instance,
    pub(crate) client_id: String,
    /// What the dialect calls it.
    pub(crate) client_id_param: Text,
    pub(crate) authentication: ClientAuthentication,
    /// How the client proves itself at a refresh.
    pub(crate) refresh_authentication: ClientAuthentication,
    pub(crate) redirect_uri: Url,
    pub(crate) scopes: Scopes,
    pub(crate) server: ServerSource,
    /// The parameters of an authorization request that only the library sets, as the dialect calls them.
    pub(crate) reserved: Vec<String>,
    pub(crate) answers: AnswerShape,
    /// Further parameters of a refresh.
    pub(crate) refresh_params: List<RequestParam>,
    pub(crate) api: Api,
    pub(crate) issuer: Option<String>,
    pub(crate) tokens: TokenPolicy,
    /// The keys of the issuer, once somebody has needed them.
    pub(crate) keys: Published<KeySet>,
    /// A login begins with a pushed request where the provider takes one.
    pub(crate) pushes_requests: bool,
    pub(crate) headers: HeaderMap,
    /// Where the application is registered, and what describes it: pages for people.
    pub(crate) console: Option<String>,
    pub(crate) service_documentation: Option<String>,
    pub(crate) login_path: String,
    /// What a program is told that would have to log in.
    pub(crate) login_required: Bytes,
    pub(crate) after_logout: String,
}

impl Registration {
    /// Checks everything, and says every fault at once.
    pub(crate) fn new<'p>(
        declaration: &Declaration,
        parameter: impl Fn(&str) -> Option<&'p str>,
        settings: Settings,
        clock: &Arc<dyn Clock>,
        entropy: &Arc<dyn Entropy>,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = declared_faults(declaration, &parameter);
        let is_declared = faults.is_empty();
        let name = checked_name(settings.name, &mut faults);
        let client_id = settings.client_id.filter(|id| !id.is_empty()).unwrap_or_else(|| {
            faults.push(Fault::ClientId);
            String::new()
        });
        let mut of_urls = Vec::new();
        let endpoints = Endpoints::new(declaration, &parameter, &mut of_urls);
        let issuer = issuer(declaration, &parameter, &mut of_urls);
        let token_endpoint = endpoints.token.as_ref().map(Url::as_str);
        let credentials = Credentials {
            secret: settings.client_secret,
            key: settings.client_key,
            is_secret_signed: declaration.dialect.signed_client_secret,
            client_id: &client_id,
            audience: issuer.as_deref().or(token_endpoint).unwrap_or_default(),
            clock,
            entropy,
        };
        let (authentication, refresh_authentication) =
            ClientAuthentication::of(declaration, &credentials, &mut faults);
        let tenants = declaration.dialect.tenant_issuer.clone();
        let takes_pushed = endpoints.pushed_authorization_request.is_some();
        if settings.pushes_requests && !takes_pushed && !declaration.is_discovered() {
            faults.push(Fault::PushedRequests);
        }
        let mut tokens = settings.tokens;
        if declaration.dialect.secret_signs_id_token {
            tokens.algorithm.get_or_insert(SigningAlgorithm::Hs256);
        }
        tokens.check(tenants.is_some(), &authentication, &mut faults);
        let slug = &declaration.slug;
        let given = settings.redirect_uri.or_else(|| {
            let key = Instance::key_of(slug, name.as_deref());
            settings.base_url.map(|base| default_redirect_uri(&base, &key))
        });
        let redirect_uri = redirect_uri(given, slug, &mut faults);
        let own = settings.authorization_params;
        let params = authorization_params(declaration, settings.offline_access, &own, &mut faults);
        let scopes = scopes(declaration, &settings.scopes, settings.offline_access, &mut faults);
        let login_path = login_path(settings.login_path, redirect_uri.as_ref(), &mut faults);
        let after_logout = settings.after_logout.unwrap_or_else(|| "/".to_owned());
        check_path(".after_logout", "/", &after_logout, &mut faults);

        let relocation = settings.environment.resolve();
        let relocation = relocation.map_err(|found| faults.push(Fault::Environment { found })).ok();
        let relocation = relocation.unwrap_or_default();
        faults.append(&mut of_urls);
        let api = Api::new(declaration, &parameter, &endpoints, relocation.clone(), &mut faults);
        let headers = headers(declaration, &client_id, &mut faults);

        if !is_declared {
            // What a rule says of a URL is not said again of what the URL came to.
            let again = |it: &Fault| matches!(it, Fault::Endpoint { .. } | Fault::Header { .. });
            faults.retain(|fault| !again(fault));
        }
        let (Some(redirect_uri), true) = (redirect_uri, faults.is_empty()) else {
            return Err(faults);
        };
        let secure = redirect_uri.scheme() == "https";
        let id_param = &declaration.dialect.client_id_param;
        let client_id_param = id_param.clone().unwrap_or_else(|| "client_id".into());
        let client = (&*client_id_param, &*client_id);
        let query = AuthorizationQuery::new(declaration, client, &redirect_uri, &scopes, params);
        if let Some(name) = query.overrides_protocol() {
            return Err(vec![Fault::Parameter { name: name.to_owned() }]);
        }
        let reserved = query.reserved();
        let metadata = issuer.as_deref().and_then(|issuer| Url::parse(&Metadata::url(issuer)).ok());
        let place = endpoints.token.clone().or(metadata).map(|url| relocation.back_channel(url));
        let place = place.as_ref().map_or("", Url::as_str);
        let client = identity(&client_id, &redirect_uri, place, &api);
        let pushes_requests = settings.pushes_requests || takes_pushed;
        let is_discovered = declaration.is_discovered();
        let issuer_text = issuer.as_deref();
        let server =
            ServerSource::new(endpoints, relocation, query, issuer_text, is_discovered, tenants);
        let server = server.map_err(|fault| vec![fault])?;
        let page = |url: &Option<Text>| url.as_ref().and_then(|url| fill(url, &parameter));
        Ok(Self {
            instance: Instance::new(&declaration.slug, name.as_deref(), &client, secure),
            declaration: declaration.clone(),
            headers,
            reserved,
            answers: AnswerShape::of(&declaration.dialect),
            refresh_params: declaration.dialect.refresh_params.clone(),
            client_id,
            client_id_param,
            authentication,
            refresh_authentication,
            redirect_uri,
            scopes,
            server,
            api,
            tokens,
            keys: Published::new(OF_KEYS),
            pushes_requests,
            issuer,
            console: page(&declaration.console),
            service_documentation: page(&declaration.service_documentation),
            login_required: login_required(&login_path),
            login_path,
            after_logout,
        })
    }

    /// The origin under which browsers reach the application.
    pub(crate) fn origin(&self) -> Origin {
        self.redirect_uri.origin()
    }

    /// The path at which browsers come back.
    pub(crate) fn callback_path(&self) -> &str {
        self.redirect_uri.path()
    }

    /// The server that the client is known to: its issuer, or where none is known its token endpoint.
    pub(crate) fn server_name(&self) -> String {
        match (&self.issuer, &self.server) {
            (None, ServerSource::Known(server)) => server.token.to_string(),
            (issuer, _) => issuer.clone().unwrap_or_default(),
        }
    }

    /// What is kept of a login's callback for the requests that follow: what it carried, and the state if a refresh
    /// repeats it.
    pub(crate) fn kept(
        &self,
        callback: Vec<(String, String)>,
        state: &State,
    ) -> Vec<(String, String)> {
        let repeats = self.refresh_params.iter().any(|param| param.value == ParamValue::State);
        let state = repeats.then(|| (STATE.to_owned(), state.expose().to_owned()));
        callback.into_iter().chain(state).collect()
    }

    /// Whether a login sends a nonce, which the ID token must repeat.
    pub(crate) fn sends_nonce(&self) -> bool {
        self.is_openid() && !self.declaration.dialect.missing_nonce
    }

    /// Whether an ID token must come, so that nobody is logged in without one: an issuer is asked for who the user is.
    pub(crate) fn is_openid(&self) -> bool {
        self.declaration.expects_id_token(self.scopes.contains("openid"))
    }
}

/// Which rules the declaration breaks, and which of its placeholders have no value.
fn declared_faults<'p>(
    declaration: &Declaration,
    parameter: impl Fn(&str) -> Option<&'p str>,
) -> Vec<Fault> {
    let mistakes = declaration.mistakes().into_iter().map(Fault::Declaration);
    let placeholders = declaration.placeholders.iter().map(|placeholder| &*placeholder.name);
    let empty = placeholders.filter(|name| parameter(name).is_none());
    mistakes.chain(empty.map(|name| Fault::Placeholder { name: name.to_owned() })).collect()
}

fn checked_name(name: Option<String>, faults: &mut Vec<Fault>) -> Option<String> {
    let name = name?;
    let fits = (1..=MOST_NAME_BYTES).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !fits {
        faults.push(Fault::Name { found: name.clone() });
    }
    Some(name)
}

/// Where browsers come back, unless the application says it itself: a path of its own for each provider.
fn default_redirect_uri(base: &str, key: &str) -> String {
    format!("{}/auth/{key}/callback", base.trim_end_matches('/'))
}

/// The provider compares the redirect URI as a string: one that would not come out of the parser as it went
/// in is refused rather than changed.
fn redirect_uri(given: Option<String>, slug: &str, faults: &mut Vec<Fault>) -> Option<Url> {
    let given = given.unwrap_or_default();
    let url = Url::parse(&given).ok().filter(|url| {
        let unchanged = url.as_str() == given;
        unchanged && is_https_or_loopback(url) && url.fragment().is_none() && !has_user_info(url)
    });
    if url.is_none() {
        faults.push(Fault::RedirectUri { found: without_user_info(&given), slug: slug.to_owned() });
    }
    url
}

fn scopes(
    declaration: &Declaration,
    asked: &Scopes,
    offline_access: bool,
    faults: &mut Vec<Fault>,
) -> Scopes {
    let defaults = declaration.default_scopes.iter().map(|scope| Scope::new(scope.clone()));
    let mut scopes: Scopes = defaults.chain(asked.iter().cloned()).collect();
    if offline_access {
        match &declaration.offline {
            Offline::Scope(scope) => scopes.insert(Scope::new(scope.clone())),
            Offline::Always | Offline::Params(_) => {}
            Offline::Never | Offline::Undeclared => faults.push(Fault::Offline),
        }
    }
    for scope in scopes.iter().filter(|scope| !scope.is_well_formed()) {
        faults.push(Fault::Scope { found: scope.to_string() });
    }
    scopes
}

/// Where a login begins: not where it ends.
fn login_path(
    given: Option<String>,
    redirect_uri: Option<&Url>,
    faults: &mut Vec<Fault>,
) -> String {
    let path = given.or_else(|| redirect_uri.map(sibling_login_path));
    // Without a redirect URI there is none to default to: that fault has been said.
    let path = path.unwrap_or_else(|| "/login".to_owned());
    check_path(".login_path", "/oauth/login", &path, faults);
    if redirect_uri.is_some_and(|uri| uri.path() == path) {
        faults.push(Fault::LoginPath { found: path.clone() });
    }
    path
}

/// `/oauth/github/callback` gives `/oauth/github/login`.
fn sibling_login_path(redirect_uri: &Url) -> String {
    let path = redirect_uri.path();
    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    let login = format!("{parent}/login");
    if login == path { format!("{parent}/begin") } else { login }
}

/// The issuer that callbacks are compared with, as the string it is: `https://a` and `https://a/` are different issuers.
fn issuer<'p>(
    declaration: &Declaration,
    parameter: impl Fn(&str) -> Option<&'p str>,
    faults: &mut Vec<Fault>,
) -> Option<String> {
    let callback_issuer = declaration.dialect.callback_issuer.as_ref();
    let (endpoint, template) = match (&declaration.issuer, callback_issuer) {
        (Some(issuer), _) => ("issuer", issuer),
        (None, Some(issuer)) => ("callback_issuer", issuer),
        (None, None) => return None,
    };
    // It is called, if it is asked for its metadata.
    let issuer = fill(template, &parameter)?;
    if let Err(found) = callable(&issuer) {
        faults.push(Fault::Endpoint { endpoint, found });
    }
    Some(issuer)
}

/// Who the client is, and where its tokens go.
fn identity(client_id: &str, redirect_uri: &Url, server: &str, api: &Api) -> [u8; 32] {
    let mut parts = vec![client_id, redirect_uri.as_str(), server];
    let origins: Vec<String> = api.origins.iter().map(Origin::ascii_serialization).collect();
    parts.extend(origins.iter().map(String::as_str));
    sha256(parts.join("\0").as_bytes())
}

fn check_path(call: &'static str, example: &'static str, path: &str, faults: &mut Vec<Fault>) {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\?#".contains(&byte));
    if !local {
        faults.push(Fault::Path { call, example, found: path.to_owned() });
    }
}

/// The headers of every request to the provider: ours, then those that the declaration names.
fn headers(declaration: &Declaration, client_id: &str, faults: &mut Vec<Fault>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(http::header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(http::header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
    for RequestParam { name, value } in declaration.headers.iter() {
        let value = match value {
            ParamValue::Constant(value) => value,
            // Nothing else is known of all requests: the rules of a declaration refuse it.
            _ => client_id,
        };
        match (HeaderName::try_from(&**name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                headers.insert(name, value);
            }
            _ => faults.push(Fault::Header { name: name.to_string() }),
        }
    }
    headers
}

/// The name under which the state is kept: no parameter of a callback has it.
pub(crate) const STATE: &str = "\0state";

/// A cookie's name holds it, and a browser keeps 4,096 bytes of a cookie with its name.
const MOST_NAME_BYTES: usize = 64;

const USER_AGENT: &str = concat!("oauth-runtime/", env!("CARGO_PKG_VERSION"));
