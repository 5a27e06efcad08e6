//! SimpleLogin: accounts behind e-mail aliases.

use oauth_runtime::oauth_provider;

/// Signs in with SimpleLogin.
///
/// Tokens: an access token lives for an hour; there are no refresh tokens.
/// The user may hand out an alias in place of the address.
/// Departs from OpenID Connect: the picture is in `avatar_url`.
/// Believed, not read: there are no refresh tokens.
#[oauth_provider(
    slug = "simplelogin",
    console = "https://app.simplelogin.io/developer",
    service_documentation = "https://simplelogin.io/docs/siwsl/intro/",
    setup(
        "Create an application on the page Developer.",
        "Add the redirect URI in its OAuth settings.",
        "Copy the client ID and the client secret.",
    ),
    issuer = "https://app.simplelogin.io",
    authorization_endpoint = "https://app.simplelogin.io/oauth2/authorize",
    token_endpoint = "https://app.simplelogin.io/oauth2/token",
    userinfo_endpoint = "https://app.simplelogin.io/oauth2/userinfo",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
    ),
    default_scopes(OpenId, Profile, Email),
    offline(never),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/avatar_url",
    ),
)]
pub struct SimpleLogin;
