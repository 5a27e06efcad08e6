//! Keycloak: the realms of a server that somebody runs.

use oauth_runtime::{Host, Segment, oauth_provider};

/// Signs in with a realm of Keycloak.
///
/// Tokens: an access token lives as long as the realm says; a refresh token comes with every login, and
/// `token_response.refresh_expires_in` says how long it lives.
/// Before Keycloak 17 a realm was at `/auth/realms`: such a server is `OpenId::issuer`.
#[oauth_provider(
    service_documentation = "https://www.keycloak.org/securing-apps/oidc-layers",
    setup(
        "Create a client of the type OpenID Connect in the realm.",
        "Turn on Client authentication and Standard flow.",
        "Enter the redirect URI in Valid redirect URIs.",
        "Copy Client ID, and Client Secret from the Credentials tab.",
    ),
    issuer = "https://{host}/realms/{realm}",
    authorization_endpoint = "https://{host}/realms/{realm}/protocol/openid-connect/auth",
    token_endpoint = "https://{host}/realms/{realm}/protocol/openid-connect/token",
    revocation_endpoint = "https://{host}/realms/{realm}/protocol/openid-connect/revoke",
    userinfo_endpoint = "https://{host}/realms/{realm}/protocol/openid-connect/userinfo",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
    ),
    default_scopes(OpenId, Profile, Email),
    offline(always),
    token_response {
        /// The seconds after which the refresh token ends.
        refresh_expires_in: Option<u64>,
    },
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
    ),
)]
pub struct Keycloak {
    /// The host of the server, with or without a port.
    host: Host,
    /// The realm.
    realm: Segment,
}
