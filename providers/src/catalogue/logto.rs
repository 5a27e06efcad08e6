//! Logto: the users of a tenant, in Logto Cloud or on a server that somebody runs.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a tenant of Logto.
///
/// Tokens: access tokens expire; a refresh token comes with the scope `offline_access` and a consent, which every
/// login asks for.
/// Believed, not read: refresh tokens take the scope `offline_access` and a consent.
#[oauth_provider(
    console = "https://cloud.logto.io/",
    service_documentation = "https://docs.logto.io/integrate-logto/application-data-structure",
    setup(
        "Create an application of the type Traditional web.",
        "Enter the redirect URI under Redirect URIs.",
        "Copy App ID and App secret.",
    ),
    issuer = "https://{domain}/oidc",
    authorization_endpoint = "https://{domain}/oidc/auth",
    token_endpoint = "https://{domain}/oidc/token",
    userinfo_endpoint = "https://{domain}/oidc/me",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name and picture.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(OpenId, Profile, Email),
    authorization_params(prompt = "consent"),
    offline(scope = OfflineAccess),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub struct Logto {
    /// The tenant's own host: `tenant.logto.app`, a custom domain, or the host of a server.
    domain: Host,
}
