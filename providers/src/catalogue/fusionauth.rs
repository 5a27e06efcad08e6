//! FusionAuth: the users of a server that somebody runs.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a server of FusionAuth.
///
/// Tokens: an access token lives as long as the tenant says; refresh tokens come with the scope `offline_access`, which
/// `.offline_access(true)` asks for, if the application generates them.
/// The issuer of the tenant is the URL of the server. Of several tenants it is the default one that is asked.
/// Believed, not read: the scope `offline_access` brings a refresh token.
#[oauth_provider(
    slug = "fusionauth",
    service_documentation = "https://fusionauth.io/docs/lifecycle/authenticate-users/oauth/",
    setup(
        "Set Issuer of the tenant to the URL of the server, without a slash at the end.",
        "Add an application, and enter the redirect URI in Authorized redirect URLs under OAuth.",
        "Enable the Authorization Code and Refresh Token grants, and Generate refresh tokens.",
        "Copy Client Id and Client secret.",
    ),
    issuer = "https://{host}",
    authorization_endpoint = "https://{host}/oauth2/authorize",
    token_endpoint = "https://{host}/oauth2/token",
    userinfo_endpoint = "https://{host}/oauth2/userinfo",
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
        picture = "/picture",
    ),
)]
pub struct FusionAuth {
    /// The host of the server, with or without a port: `company.fusionauth.io`.
    host: Host,
}
