//! Keycloak: the realms of a server that somebody runs.
//!
//! Register: the admin console of the server. Reference: <https://www.keycloak.org/securing-apps/oidc-layers>.
//! Refresh tokens: with every login; `refresh_expires_in` says how long.
//! Before Keycloak 17 a realm was at `/auth/realms`: such a server is `OpenId::issuer`.

use oauth_runtime::{Host, Segment, oauth_provider};

/// Signs in with a realm of Keycloak.
#[oauth_provider(
    issuer = "https://{domain}/realms/{realm}",
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
    domain: Host,
    /// The realm.
    realm: Segment,
}
