//! Imgur: pictures and albums.

use oauth_runtime::oauth_provider;

/// Signs in with Imgur.
///
/// Tokens: an access token lives for a month or longer; a refresh token comes with every login.
/// There are no scopes: an access token may do everything.
/// Believed, not read: a refresh token comes with every login; the account's name is in the token response.
#[oauth_provider(
    console = "https://api.imgur.com/oauth2/addclient",
    service_documentation = "https://apidocs.imgur.com/",
    setup(
        "Choose OAuth 2 authorization with a callback URL.",
        "Enter the redirect URI in Authorization callback URL.",
        "Copy Client ID and Client secret.",
    ),
    authorization_endpoint = "https://api.imgur.com/oauth2/authorize",
    token_endpoint = "https://api.imgur.com/oauth2/token",
    userinfo_endpoint = "https://api.imgur.com/3/account/me",
    api_base = "https://api.imgur.com/3/",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The name of the account.
        account_username: Option<String>,
    },
    profile(subject = "/data/id", name = "/data/url", picture = "/data/avatar"),
)]
pub struct Imgur;
