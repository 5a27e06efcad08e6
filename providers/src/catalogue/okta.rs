//! Okta: the custom authorization servers of an organisation.
//!
//! Register: the admin console of the organisation. Reference: <https://developer.okta.com/docs/reference/api/oidc/>.
//! Refresh tokens: with the scope `offline_access`, which `.offline_access(true)` asks for; a refresh repeats the scopes.
//! The organisation's own authorization server has another issuer, and is `OpenId::issuer`.

use oauth_runtime::{Host, Segment, oauth_provider};

/// Signs in with an organisation of Okta.
#[oauth_provider(
    issuer = "https://{domain}/oauth2/{authorization_server}",
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
