//! Kinde: the users of a Kinde business.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a business of Kinde.
///
/// Tokens: an access token lives as long as the application says; refresh tokens come with the scope `offline`, which
/// `.offline_access(true)` asks for.
/// E-mail addresses are never taken for verified.
/// Departs from OpenID Connect: the scope for a refresh token is `offline`, not `offline_access`.
/// Believed, not read: the scope `offline` brings a refresh token.
#[oauth_provider(
    console = "https://app.kinde.com",
    service_documentation =
        "https://docs.kinde.com/developer-tools/about/using-kinde-without-an-sdk",
    setup(
        "Open Applications in the settings, and add a back-end application.",
        "Enter the redirect URI in Allowed callback URLs.",
        "Copy Domain, Client ID and Client secret from App keys.",
    ),
    issuer = "https://{domain}",
    authorization_endpoint = "https://{domain}/oauth2/auth",
    token_endpoint = "https://{domain}/oauth2/token",
    userinfo_endpoint = "https://{domain}/oauth2/v2/user_profile",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name and picture.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Stay connected while the user is away.
        Offline = "offline",
    ),
    default_scopes(OpenId, Profile, Email),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = Offline),
    profile(subject = "/sub", name = "/name", email = "/email", picture = "/picture"),
)]
pub struct Kinde {
    /// The business's own host: `company.kinde.com`, or a custom domain.
    domain: Host,
}
