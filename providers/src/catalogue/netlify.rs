//! Netlify: sites and deploys of teams.

use oauth_runtime::oauth_provider;

/// Signs in with Netlify.
///
/// Tokens: access tokens do not expire; there are no refresh tokens. There are no scopes.
/// An e-mail address is never taken for verified.
/// Believed, not read: access tokens do not expire; there are no refresh tokens.
#[oauth_provider(
    console = "https://app.netlify.com/user/applications",
    service_documentation = "https://docs.netlify.com/api/get-started/",
    setup(
        "Choose New OAuth app.",
        "Enter the redirect URI in Redirect URI.",
        "Copy Client ID and Secret.",
    ),
    authorization_endpoint = "https://app.netlify.com/authorize",
    token_endpoint = "https://api.netlify.com/oauth/token",
    userinfo_endpoint = "https://api.netlify.com/api/v1/user",
    api_base = "https://api.netlify.com/api/v1/",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/id", name = "/full_name", email = "/email", picture = "/avatar_url"),
)]
pub struct Netlify;
