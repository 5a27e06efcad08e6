//! LS Login: researchers of the life sciences, and the identities of their home organisations.

use oauth_runtime::oauth_provider;

/// Signs in with LS Login.
///
/// Tokens: access tokens expire; a refresh token comes with the scope `offline_access`.
/// The registration says which scopes a service may ask for, and whether it may have refresh tokens.
/// Believed, not read: refresh tokens come with the scope `offline_access`.
#[oauth_provider(
    name = "LS Login",
    console = "https://services.aai.lifescience-ri.eu/",
    service_documentation = "https://lifescience-ri.eu/ls-login/",
    setup(
        "Register a new service, and choose OIDC (OpenID Connect) as its protocol.",
        "Enter the redirect URI under Redirect URIs, and choose the flow authorization code.",
        "Choose client_secret_basic and the scopes, and tick the issuance of refresh tokens.",
        "Copy the client ID and the client secret.",
    ),
    issuer = "https://login.aai.lifescience-ri.eu/oidc/",
    authorization_endpoint = "https://login.aai.lifescience-ri.eu/oidc/authorize",
    token_endpoint = "https://login.aai.lifescience-ri.eu/oidc/token",
    revocation_endpoint = "https://login.aai.lifescience-ri.eu/oidc/revoke",
    userinfo_endpoint = "https://login.aai.lifescience-ri.eu/oidc/userinfo",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(OpenId, Email, Profile),
    offline(scope = OfflineAccess),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
    ),
)]
pub struct LifeScience;
