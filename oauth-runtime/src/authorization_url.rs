//! The authorization endpoint, ready at `build()` but for the values of one login ([RFC 6749 s4.1.1]).
//!
//! [RFC 6749 s4.1.1]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1

use url::Url;

use crate::build_error::Fault;
use crate::endpoints::Endpoints;
use crate::login_options::LoginOptions;
use crate::scope::Scopes;
use oauth_declaration::{Declaration, Offline, Param, Pkce};

/// The endpoint with every parameter that is the same for each login.
#[derive(Debug)]
pub(crate) struct AuthorizationUrl {
    /// The protocol's own.
    core: String,
    /// The declaration's and the application's.
    params: LoginOptions,
    /// Both: what most logins begin with.
    whole: String,
}

impl AuthorizationUrl {
    pub(crate) fn new(core: String, params: LoginOptions) -> Self {
        Self { whole: params.appended_to(core.clone()), core, params }
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
}

/// What the protocol wants to know at every login.
pub(crate) fn authorization_core(
    declaration: &Declaration,
    endpoints: &Endpoints,
    client_id: &str,
    redirect_uri: &Url,
    scopes: &Scopes,
) -> String {
    let mut url = endpoints.authorization.clone();
    {
        let mut query = url.query_pairs_mut();
        query.append_pair("response_type", "code");
        query.append_pair("client_id", client_id);
        query.append_pair("redirect_uri", redirect_uri.as_str());
        if !scopes.is_empty() {
            query.append_pair("scope", &scopes.join(&declaration.scope_separator));
        }
        if declaration.pkce != Pkce::Unsupported {
            query.append_pair("code_challenge_method", "S256");
        }
    }
    url.into()
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
