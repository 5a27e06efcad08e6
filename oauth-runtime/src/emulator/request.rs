//! An authorization request as a strict server reads it (RFC 6749 s4.1.1, RFC 7636 s4.3).

use std::collections::HashMap;

use oauth_declaration::{Declaration, Dialect, Offline, Pkce, ResponseMode};

/// A request that a strict server would take.
pub(super) struct Asked {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) code_challenge: Option<String>,
    pub(super) offline: bool,
    /// The first of the authentication contexts that it would have.
    pub(super) acr: Option<String>,
}

impl Asked {
    /// Reads a query; what is wrong with it, in words for a developer.
    pub(super) fn read(
        declaration: &Declaration,
        registered: &str,
        query: &str,
    ) -> Result<Self, String> {
        let mut params = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if params.insert(name.to_string(), value.into_owned()).is_some() {
                return Err(format!("`{name}` is given twice"));
            }
        }
        let dialect = &declaration.dialect;
        let names = query.split('&').map(|pair| pair.split('=').next());
        if dialect.sorted_params && !names.is_sorted() {
            return Err("the parameters are not in the order of their names".to_owned());
        }
        let mut take = |name: &str| params.remove(name).filter(|value| !value.is_empty());
        let client_id = take(client_id_param(dialect)).filter(|id| id == registered);
        let client_id = client_id.ok_or("`client_id` is missing or not registered")?;
        let redirect_uri = take("redirect_uri").ok_or("`redirect_uri` is missing")?;
        if take("response_type").as_deref() != Some("code") {
            return Err("`response_type` must be `code`".to_owned());
        }
        let scope_param = dialect.scope_param.as_deref().unwrap_or("scope");
        let scope = take(scope_param).unwrap_or_default();
        let separator = &*declaration.scope_separator;
        let asks_for = |wanted: &str| scope.split(separator).any(|scope| scope == wanted);
        let code_challenge = take("code_challenge");
        let s256 = take("code_challenge_method").as_deref() == Some("S256");
        match (declaration.pkce, &code_challenge) {
            (Pkce::Unsupported, Some(_)) => {
                return Err("`code_challenge` is not known here".to_owned());
            }
            (_, Some(challenge)) if !s256 || challenge.len() != 43 => {
                return Err(
                    "`code_challenge` must be 43 characters with `code_challenge_method=S256`"
                        .to_owned(),
                );
            }
            (Pkce::Required, None) => return Err("`code_challenge` is missing".to_owned()),
            _ => {}
        }
        let offline = match &declaration.offline {
            Offline::Always => true,
            Offline::Never | Offline::Undeclared => false,
            Offline::Scope(scope) => asks_for(scope),
            Offline::Params(params) => {
                params.iter().all(|param| take(&param.name).as_deref() == Some(&*param.value))
            }
        };
        let (state, nonce) = (take("state"), take("nonce"));
        let form_post = take("response_mode").as_deref() == Some("form_post");
        if form_post != (declaration.response_mode == ResponseMode::FormPost) {
            return Err("`response_mode` is another than declared".to_owned());
        }
        let acr = take("acr_values").and_then(|it| it.split(' ').next().map(str::to_owned));
        let scope = scope.split(separator).collect::<Vec<_>>().join(" ");
        Ok(Self { client_id, redirect_uri, scope, state, nonce, code_challenge, offline, acr })
    }
}

/// What the client's identifier is called here.
pub(super) fn client_id_param(dialect: &Dialect) -> &str {
    dialect.client_id_param.as_deref().unwrap_or("client_id")
}

/// The fields of a form.
pub(super) fn pairs(form: &[u8]) -> HashMap<String, String> {
    url::form_urlencoded::parse(form).into_owned().collect()
}
