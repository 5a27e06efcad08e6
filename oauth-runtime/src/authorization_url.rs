//! The authorization endpoint, ready at `build()` but for the values of one login ([RFC 6749 s4.1.1]).
//!
//! [RFC 6749 s4.1.1]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1

use oauth_declaration::{Declaration, Offline, Param, Pkce, ResponseMode, Text};
use url::Url;

use crate::build_error::Fault;
use crate::encoding::query_value;
use crate::login_options::LoginOptions;
use crate::scope::Scopes;

/// What is the same in every authorization request, wherever the endpoint is.
#[derive(Debug)]
pub(crate) struct AuthorizationQuery {
    /// What the client is called, and by which parameter.
    client: (String, String),
    /// The protocol's own parameters.
    core: Vec<(String, String)>,
    /// The declaration's and the application's.
    params: LoginOptions,
    /// The dialect has the parameters in the order of their names.
    sorted: bool,
    /// The dialect has this behind the `#`.
    fragment: Option<Text>,
}

/// The endpoint with every parameter that is the same for each login.
#[derive(Debug)]
pub(crate) struct AuthorizationUrl {
    /// The endpoint itself, and what the client is called there: all that a browser carries of a pushed request.
    endpoint: Url,
    client: (String, String),
    /// With the protocol's own parameters.
    core: String,
    params: LoginOptions,
    /// With all: what most logins begin with.
    whole: String,
    sorted: bool,
    fragment: Option<Text>,
}

impl AuthorizationQuery {
    pub(crate) fn new(
        declaration: &Declaration,
        client_id: (&str, &str),
        redirect_uri: &Url,
        scopes: &Scopes,
        params: LoginOptions,
    ) -> Self {
        let dialect = &declaration.dialect;
        let (id_param, client_id) = client_id;
        let mut core = vec![
            ("response_type", "code".to_owned()),
            (id_param, client_id.to_owned()),
            ("redirect_uri", redirect_uri.to_string()),
        ];
        if !scopes.is_empty() {
            let scope_param = dialect.scope_param.as_deref().unwrap_or("scope");
            core.push((scope_param, scopes.join(&declaration.scope_separator)));
        }
        if declaration.response_mode == ResponseMode::FormPost {
            core.push(("response_mode", "form_post".to_owned()));
        }
        if declaration.pkce != Pkce::Unsupported {
            core.push(("code_challenge_method", "S256".to_owned()));
        }
        Self {
            client: (id_param.to_owned(), client_id.to_owned()),
            core: core.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            params,
            sorted: dialect.sorted_params,
            fragment: dialect.authorization_fragment.clone(),
        }
    }

    /// What the dialect calls the protocol's own parameters: no login sets them otherwise.
    pub(crate) fn reserved(&self) -> Vec<String> {
        self.core.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Whether an application's parameter is one of these.
    pub(crate) fn overrides_protocol(&self) -> Option<&str> {
        let core = self.core.iter().map(|(name, _)| name.as_str());
        core.into_iter().find(|name| self.params.contains(name))
    }
}

impl AuthorizationUrl {
    pub(crate) fn new(endpoint: Url, query: &AuthorizationQuery) -> Self {
        let bare = endpoint.clone();
        let own = endpoint.query().is_some();
        let mut core = String::from(endpoint);
        for (index, (name, value)) in query.core.iter().enumerate() {
            core.push(if index == 0 && !own { '?' } else { '&' });
            core.push_str(&query_value(name));
            core.push('=');
            core.push_str(&query_value(value));
        }
        Self {
            endpoint: bare,
            client: query.client.clone(),
            whole: query.params.appended_to(core.clone()),
            core,
            params: query.params.clone(),
            sorted: query.sorted,
            fragment: query.fragment.clone(),
        }
    }

    /// The URL of a login with parameters of its own, to which `state` and the like are appended.
    pub(crate) fn with(&self, options: &LoginOptions) -> String {
        if !options.is_empty() {
            return self.params.overridden_by(options).appended_to(self.core.clone());
        }
        let mut url = String::with_capacity(self.whole.len() + VALUES);
        url.push_str(&self.whole);
        url
    }

    /// What a login asks for under this name: its own parameter before that of every login.
    pub(crate) fn param<'p>(&'p self, options: &'p LoginOptions, name: &str) -> Option<&'p str> {
        options.get(name).or_else(|| self.params.get(name))
    }

    /// The query of a URL that was made here, without what the endpoint has of its own.
    pub(crate) fn query_of<'u>(&self, url: &'u str) -> &'u str {
        let own = self.endpoint.as_str();
        let query = url.get(own.len()..).unwrap_or_default();
        let query = query.trim_start_matches(['?', '&']);
        query.split('#').next().unwrap_or_default()
    }

    /// Where the browser is sent with what the provider gave for a pushed request (RFC 9126 s4).
    pub(crate) fn pushed(&self, request_uri: &str) -> String {
        let mut url = self.endpoint.clone();
        let (name, client_id) = &self.client;
        url.query_pairs_mut().append_pair(name, client_id).append_pair("request_uri", request_uri);
        url.into()
    }

    /// The URL with all its parameters as the browser is sent there.
    pub(crate) fn finished(&self, mut url: String) -> String {
        if self.sorted {
            url = sorted(&url);
        }
        if let Some(fragment) = &self.fragment {
            url.push('#');
            url.push_str(fragment);
        }
        url
    }
}

fn sorted(url: &str) -> String {
    let Some((endpoint, query)) = url.split_once('?') else { return url.to_owned() };
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_by_key(|pair| pair.split('=').next());
    format!("{endpoint}?{}", pairs.join("&"))
}

/// Further parameters of every login. A later one replaces an earlier one of its name.
pub(crate) fn authorization_params(
    declaration: &Declaration,
    offline_access: bool,
    own: &[(String, String)],
    faults: &mut Vec<Fault>,
) -> LoginOptions {
    let offline: &[Param] = match &declaration.offline {
        Offline::Params(params) if offline_access => params,
        _ => &[],
    };
    let declared = declaration.authorization_params.iter().chain(offline);
    let declared = declared.map(|param| (&*param.name, &*param.value));
    let own = own.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut params = LoginOptions::default();
    for (name, value) in declared.chain(own) {
        if params.set(name, value).is_err() {
            faults.push(Fault::Parameter { name: name.to_owned() });
        }
    }
    params
}

/// What `state`, `code_challenge` and `nonce` take.
const VALUES: usize = 192;
