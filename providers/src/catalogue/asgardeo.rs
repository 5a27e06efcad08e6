//! Asgardeo: the organisations of WSO2's identity service.

use oauth_runtime::{Segment, oauth_provider};

/// Signs in with an organisation of Asgardeo.
///
/// Tokens: how long they live is set for the application; there is a refresh token where its grant type is allowed.
/// E-mail addresses are never taken for verified.
/// Departs from OpenID Connect Discovery: the issuer is the token endpoint, and its metadata is below that.
/// Believed, not read: there is a refresh token with every login.
#[oauth_provider(
    console = "https://console.asgardeo.io/",
    service_documentation =
        "https://wso2.com/asgardeo/docs/guides/applications/register-oidc-web-app/",
    setup(
        "Open Applications, and create a Traditional Web Application with OpenID Connect.",
        "Enter the redirect URI under Authorized redirect URLs.",
        "Under Protocol, allow the grant types Code and Refresh Token.",
        "Copy the Client ID and the Client secret.",
    ),
    issuer = "https://api.asgardeo.io/t/{tenant}/oauth2/token",
    authorization_endpoint = "https://api.asgardeo.io/t/{tenant}/oauth2/authorize",
    token_endpoint = "https://api.asgardeo.io/t/{tenant}/oauth2/token",
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
    profile(subject = "/sub", name = "/given_name", email = "/email", picture = "/picture"),
)]
pub struct Asgardeo {
    /// The name of the organisation.
    tenant: Segment,
}
