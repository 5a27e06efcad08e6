//! Okta: the custom authorization servers of an organisation.

use oauth_runtime::{Host, Segment, oauth_provider};

/// Signs in with an organisation of Okta.
///
/// Tokens: the policies of the authorization server say how long they live and whether refresh tokens rotate. A refresh
/// token comes with the scope `offline_access`, and a refresh repeats the scopes.
/// The organisation's own authorization server has another issuer, and is `OpenId::issuer`.
#[oauth_provider(
    service_documentation = "https://developer.okta.com/docs/reference/api/oidc/",
    setup(
        "Create an app integration in the admin console: OIDC, web application.",
        "Enter the redirect URI under Sign-in redirect URIs, and tick Refresh Token if needed.",
        "Assign the people or groups that may sign in.",
        "Copy the client ID and the client secret.",
    ),
    issuer = "https://{domain}/oauth2/{authorization_server}",
    authorization_endpoint = "https://{domain}/oauth2/{authorization_server}/v1/authorize",
    token_endpoint = "https://{domain}/oauth2/{authorization_server}/v1/token",
    revocation_endpoint = "https://{domain}/oauth2/{authorization_server}/v1/revoke",
    userinfo_endpoint = "https://{domain}/oauth2/{authorization_server}/v1/userinfo",
    api_base = "https://{domain}/",
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
pub struct Okta {
    /// The organisation's own host: `company.okta.com`, or a custom domain.
    domain: Host,
    /// The authorization server.
    #[param(default = "default")]
    authorization_server: Segment,
}
