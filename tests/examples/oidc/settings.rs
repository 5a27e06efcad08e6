//! What the environment says.

use std::env;

use oauth_providers::{
    ClientKey, Declaration, EmailVerified, ProfilePointers, SigningAlgorithm,
    TokenEndpointAuthMethod,
};

use crate::Fallible;

/// Everything that the application is told.
pub(crate) struct Settings {
    pub(crate) address: String,
    pub(crate) url: String,
    pub(crate) provider: Declaration,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<String>,
    pub(crate) client_key: Option<ClientKey>,
    pub(crate) scopes: Vec<String>,
    pub(crate) authorization_params: Vec<(String, String)>,
    pub(crate) id_token_algorithm: Option<SigningAlgorithm>,
    pub(crate) pushes_requests: bool,
    pub(crate) store: Option<String>,
}

impl Settings {
    pub(crate) fn from_env() -> Fallible<Self> {
        let client_secret = optional("OIDC_CLIENT_SECRET");
        let scope = optional("OIDC_SCOPE");
        // A server that is no OpenID Connect provider has scopes of its own.
        let default = if optional("OIDC_ISSUER").is_some() { "openid profile email" } else { "" };
        let params = optional("OIDC_AUTHORIZE_PARAMS").unwrap_or_default();
        let algorithm = optional("OIDC_ID_TOKEN_ALG");
        Ok(Self {
            address: optional("APP_ADDR").unwrap_or_else(|| "127.0.0.1:3000".to_owned()),
            url: optional("APP_URL").unwrap_or_else(|| "http://127.0.0.1:3000".to_owned()),
            provider: provider(client_secret.is_some())?,
            client_id: optional("OIDC_CLIENT_ID").ok_or("OIDC_CLIENT_ID is not set")?,
            client_secret,
            client_key: client_key()?,
            scopes: scope
                .as_deref()
                .unwrap_or(default)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            authorization_params: url::form_urlencoded::parse(params.as_bytes())
                .into_owned()
                .collect(),
            id_token_algorithm: algorithm.map(|name| known(&name)).transpose()?,
            pushes_requests: optional("OIDC_PAR").as_deref() == Some("1"),
            store: optional("STORE"),
        })
    }
}

/// The provider as a declaration: an issuer alone, or the endpoints of a plain OAuth 2.0 server.
fn provider(has_secret: bool) -> Fallible<Declaration> {
    let method = optional("OIDC_CLIENT_AUTH").unwrap_or_else(|| "client_secret_basic".to_owned());
    let token_endpoint_auth_method = match &*method {
        "private_key_jwt" => TokenEndpointAuthMethod::PrivateKeyJwt,
        _ if !has_secret => TokenEndpointAuthMethod::None,
        "client_secret_basic" => TokenEndpointAuthMethod::ClientSecretBasic,
        "client_secret_post" => TokenEndpointAuthMethod::ClientSecretPost,
        "none" => TokenEndpointAuthMethod::None,
        other => {
            return Err(format!("OIDC_CLIENT_AUTH={other} is not a way that is known here").into());
        }
    };
    let subject = optional("OAUTH_SUB_FIELD").unwrap_or_else(|| "sub".to_owned());
    let declared = Declaration {
        name: "the provider".into(),
        slug: "oidc".into(),
        token_endpoint_auth_method,
        profile: Some(ProfilePointers {
            subject: format!("/{subject}").into(),
            name: None,
            email: None,
            email_verified: EmailVerified::Never,
            picture: None,
        }),
        ..Declaration::EMPTY
    };
    let Some(authorization_endpoint) = optional("OAUTH_AUTHORIZE_URL") else {
        let issuer = optional("OIDC_ISSUER");
        let issuer = issuer.ok_or("neither OIDC_ISSUER nor OAUTH_AUTHORIZE_URL is set")?;
        return Ok(Declaration { issuer: Some(issuer.into()), ..declared });
    };
    let text = |name: &str| optional(name).map(Into::into);
    Ok(Declaration {
        authorization_endpoint: Some(authorization_endpoint.into()),
        token_endpoint: text("OAUTH_TOKEN_URL"),
        userinfo_endpoint: text("OAUTH_USERINFO_URL"),
        ..declared
    })
}

fn client_key() -> Fallible<Option<ClientKey>> {
    let read = |file: String| {
        std::fs::read_to_string(&file).map_err(|error| format!("{file} cannot be read: {error}"))
    };
    Ok(match (optional("OIDC_CLIENT_KEY"), optional("OIDC_CLIENT_KEY_PEM")) {
        (Some(jwk), _) => Some(ClientKey::from_jwk(&read(jwk)?)?),
        (None, Some(pem)) => Some(ClientKey::from_pem(&read(pem)?)?),
        (None, None) => None,
    })
}

fn known(name: &str) -> Fallible<SigningAlgorithm> {
    let known = SigningAlgorithm::from_name(name);
    Ok(known.ok_or_else(|| format!("OIDC_ID_TOKEN_ALG={name} is not known here"))?)
}

/// What is set, and not to nothing.
fn optional(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
