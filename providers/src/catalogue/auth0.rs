//! Auth0: the tenants of Okta's Customer Identity Cloud.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a tenant of Auth0.
///
/// Tokens: how long they live is set for the tenant; there is a refresh token with the scope `offline_access`, which
/// `.offline_access(true)` asks for.
/// The access token fits the userinfo endpoint alone, unless the login names an `audience`.
/// How the application proves itself is a setting of it: let it be Client Secret (Basic).
/// Departs from RFC 7009: only refresh tokens are revoked.
#[oauth_provider(
    console = "https://manage.auth0.com/",
    service_documentation = "https://auth0.com/docs/api/authentication",
    setup(
        "Open Applications, create an application and select Regular Web Applications.",
        "Enter the redirect URI under Allowed Callback URLs.",
        "Under Credentials, select Client Secret (Basic).",
        "Copy the Domain, the Client ID and the Client Secret.",
    ),
    issuer = "https://{domain}/",
    authorization_endpoint = "https://{domain}/authorize",
    token_endpoint = "https://{domain}/oauth/token",
    revocation_endpoint = "https://{domain}/oauth/revoke",
    userinfo_endpoint = "https://{domain}/userinfo",
    jwks_uri = "https://{domain}/.well-known/jwks.json",
    api_base = "https://{domain}/",
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
    offline(scope = OfflineAccess),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub struct Auth0 {
    /// The tenant's own host: `tenant.eu.auth0.com`, or a custom domain.
    domain: Host,
}
