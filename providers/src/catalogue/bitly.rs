//! Bitly: short links and their clicks.

use oauth_runtime::oauth_provider;

/// Signs in with Bitly.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// The user's login comes as `login` in the token response. There are no scopes.
/// Departs from RFC 6749: the answer is a form where JSON is not asked for, and has no `token_type`.
/// Believed, not read: an access token does not expire; the answer is a form where JSON is not asked for.
#[oauth_provider(
    console = "https://app.bitly.com/settings/api/",
    service_documentation = "https://dev.bitly.com/docs/getting-started/authentication/",
    setup(
        "Open the developer settings, and register a new app by the link that comes by e-mail.",
        "Enter the redirect URI.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://bitly.com/oauth/authorize",
    token_endpoint = "https://api-ssl.bitly.com/oauth/access_token",
    userinfo_endpoint = "https://api-ssl.bitly.com/v4/user",
    api_base = "https://api-ssl.bitly.com/",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(
        subject = "/login",
        name = "/name",
        email = "/emails/0/email",
        email_verified = "/emails/0/is_verified",
    ),
    dialect(missing_token_type),
)]
pub struct Bitly;
