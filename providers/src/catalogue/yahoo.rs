//! Yahoo: accounts of people, with mail and fantasy sports.

use oauth_runtime::oauth_provider;

/// Signs in with Yahoo.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
/// Departs from RFC 6749: a refresh repeats the redirect URI.
#[oauth_provider(
    console = "https://developer.yahoo.com/apps/",
    service_documentation = "https://developer.yahoo.com/oauth2/guide/",
    setup(
        "Click Create an App, and choose the type Confidential Client.",
        "Enter the redirect URI under Redirect URI(s).",
        "Tick Email and Profile under OpenID Connect Permissions.",
        "Copy the Client ID and the Client Secret.",
    ),
    issuer = "https://api.login.yahoo.com",
    authorization_endpoint = "https://api.login.yahoo.com/oauth2/request_auth",
    token_endpoint = "https://api.login.yahoo.com/oauth2/get_token",
    revocation_endpoint = "https://api.login.yahoo.com/oauth2/revoke",
    userinfo_endpoint = "https://api.login.yahoo.com/openid/v1/userinfo",
    jwks_uri = "https://api.login.yahoo.com/openid/v1/certs",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's fantasy sports.
        FantasySportsRead = "fspt-r",
    ),
    default_scopes(OpenId, Profile, Email),
    offline(always),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
    dialect(refresh_params(redirect_uri = redirect_uri)),
)]
pub struct Yahoo;
