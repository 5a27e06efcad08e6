//! PingOne: the people of an organisation, in an environment of Ping Identity.

use oauth_runtime::{Host, Segment, oauth_provider};

/// Signs in with an environment of PingOne.
///
/// Tokens: the settings of the application say how long they live and whether refresh tokens rotate.
/// Believed, not read: a refresh token comes with the scope `offline_access`.
#[oauth_provider(
    slug = "ping_identity",
    console = "https://console.pingone.com",
    service_documentation = "https://docs.pingidentity.com/",
    setup(
        "Add an application of the type OIDC Web App to the environment, and enable it.",
        "Enter the redirect URI under Redirect URIs, and tick Refresh Token if you need it.",
        "Set Token Endpoint Authentication Method to Client Secret Basic, and add the scopes.",
        "Copy the client ID, the client secret and the environment ID.",
    ),
    issuer = "https://{auth}/{environment_id}/as",
    authorization_endpoint = "https://{auth}/{environment_id}/as/authorize",
    token_endpoint = "https://{auth}/{environment_id}/as/token",
    userinfo_endpoint = "https://{auth}/{environment_id}/as/userinfo",
    api_base = "https://{api}/",
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
        picture = "/picture",
    ),
)]
pub struct PingOne {
    /// Where people sign in, by region: `auth.pingone.com`, or its like in `eu`, `ca`, `asia` and `com.au`.
    #[param(default = "auth.pingone.com")]
    auth: Host,
    /// Where the API is, by region: `api.pingone.com`, or its like in `eu`, `ca`, `asia` and `com.au`.
    #[param(default = "api.pingone.com")]
    api: Host,
    /// The identifier of the environment.
    environment_id: Segment,
}
