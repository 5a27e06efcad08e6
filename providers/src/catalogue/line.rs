//! LINE: accounts of people who chat with LINE.

use oauth_runtime::oauth_provider;

/// Signs in with LINE.
///
/// Tokens: an access token lives for 30 days, a refresh token for 90; a refresh keeps the refresh token.
/// The e-mail address is in the ID token alone, and never taken for verified.
/// Departs from RFC 6749: an error may be in `errorCode` and `errorMessage`, or in `statusCode`.
/// Departs from OpenID Connect Core: a web login's ID token is signed with the client secret, though keys are published.
/// Departs from RFC 7009: the token to revoke is called `access_token`.
#[oauth_provider(
    name = "LINE",
    console = "https://developers.line.biz/console/",
    service_documentation = "https://developers.line.biz/en/docs/line-login/integrate-line-login/",
    setup(
        "Create a provider, and in it a LINE Login channel for a web app.",
        "Enter the redirect URI under Callback URL on the tab LINE Login.",
        "Apply for the permission to read e-mail addresses under OpenID Connect.",
        "Copy Channel ID and Channel secret, and publish the channel.",
    ),
    issuer = "https://access.line.me",
    authorization_endpoint = "https://access.line.me/oauth2/v2.1/authorize",
    token_endpoint = "https://api.line.me/oauth2/v2.1/token",
    revocation_endpoint = "https://api.line.me/oauth2/v2.1/revoke",
    userinfo_endpoint = "https://api.line.me/oauth2/v2.1/userinfo",
    jwks_uri = "https://api.line.me/oauth2/v2.1/certs",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name and picture.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
    ),
    default_scopes(OpenId, Profile, Email),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/sub", name = "/name", picture = "/picture"),
    dialect(secret_signs_id_token, refresh_keeps, revocation_request = access_token),
)]
pub struct Line;
