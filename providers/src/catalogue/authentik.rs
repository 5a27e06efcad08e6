//! authentik: the applications of a server that somebody runs.

use oauth_runtime::{Host, Segment, oauth_provider};

/// Signs in with an application of authentik.
///
/// Tokens: how long they live is set for the provider; there is a refresh token with the scope `offline_access`, which
/// `.offline_access(true)` asks for and which the provider's scope mappings must allow.
#[oauth_provider(
    name = "authentik",
    service_documentation = "https://docs.goauthentik.io/add-secure-apps/providers/oauth2/",
    setup(
        "In the Admin interface, open Applications and click Create with provider.",
        "Select OAuth2/OIDC, and enter the redirect URI under Redirect URIs.",
        "Add the scope mapping offline_access if you need refresh tokens.",
        "Copy the Client ID, the Client Secret and the slug of the application.",
    ),
    issuer = "https://{host}/application/o/{application}/",
    authorization_endpoint = "https://{host}/application/o/authorize/",
    token_endpoint = "https://{host}/application/o/token/",
    revocation_endpoint = "https://{host}/application/o/revoke/",
    userinfo_endpoint = "https://{host}/application/o/userinfo/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's name.
        Profile = "profile",
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
pub struct Authentik {
    /// The host of the server, with or without a port.
    host: Host,
    /// The slug of the application.
    application: Segment,
}
