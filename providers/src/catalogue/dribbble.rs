//! Dribbble: designers and their shots.

use oauth_runtime::oauth_provider;

/// Signs in with Dribbble.
///
/// Tokens: access tokens do not expire; there are no refresh tokens.
#[oauth_provider(
    console = "https://dribbble.com/account/applications/new",
    service_documentation = "https://developer.dribbble.com/v2/oauth/",
    setup(
        "Register an application.",
        "Enter the redirect URI under Callback URL.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://dribbble.com/oauth/authorize",
    token_endpoint = "https://dribbble.com/oauth/token",
    userinfo_endpoint = "https://api.dribbble.com/v2/user",
    api_base = "https://api.dribbble.com/v2/",
    scopes(
        /// Read the user's profile and what is public.
        Public = "public",
        /// Create, change and delete shots and attachments.
        Upload = "upload",
    ),
    default_scopes(Public),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/id", name = "/name", picture = "/avatar_url"),
)]
pub struct Dribbble;
