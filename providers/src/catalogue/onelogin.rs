//! OneLogin: the people of an organisation.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with an organisation of OneLogin.
///
/// Tokens: the settings of the application say how long they live. A refresh repeats the scopes.
/// Believed, not read: a refresh token comes with the scope `offline_access`.
#[oauth_provider(
    slug = "onelogin",
    service_documentation = "https://developers.onelogin.com/openid-connect",
    setup(
        "Add an OpenID Connect application in the administration of the account.",
        "Enter the redirect URI under Redirect URIs.",
        "Set Token Endpoint Authentication Method to Basic, and a timeout of refresh tokens.",
        "Copy the client ID and the client secret from the SSO tab.",
    ),
    issuer = "https://{domain}/oidc/2",
    authorization_endpoint = "https://{domain}/oidc/2/auth",
    token_endpoint = "https://{domain}/oidc/2/token",
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
    default_scopes(OpenId, Profile, Email),
    offline(scope = OfflineAccess),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
    ),
    dialect(refresh_params(scope = scope)),
)]
pub struct OneLogin {
    /// The organisation's own host: `company.onelogin.com`.
    domain: Host,
}
