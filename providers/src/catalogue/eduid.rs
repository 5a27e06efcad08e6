//! edu-ID: accounts of people in German education and research, kept by the DFN.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with edu-ID.
///
/// Tokens: nothing is known of how long they live; refresh tokens come with every login.
/// Believed, not read: refresh tokens come with every login.
#[oauth_provider(
    name = "edu-ID",
    slug = "eduid",
    setup(
        "Register the service with the operator of edu-ID.",
        "Give the redirect URI.",
        "Keep the client ID and the client secret.",
    ),
    issuer = "https://{host}",
    authorization_endpoint = "https://{host}/oidc/authorize",
    token_endpoint = "https://{host}/oidc/token",
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
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
    ),
)]
pub struct EduId {
    /// The host of the issuer.
    #[param(default = "proxy.edu-id.dfn.de")]
    host: Host,
}
