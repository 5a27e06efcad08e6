//! Buffer: posts to the social networks of an organisation.

use oauth_runtime::oauth_provider;

/// Signs in with Buffer.
///
/// Tokens: nothing is known of how long they live; there is a refresh token with the scope `offline_access`, which
/// `.offline_access(true)` asks for.
/// Who the user is takes a GraphQL query, which is an API call.
/// The consent page is shown at each login.
#[oauth_provider(
    console = "https://publish.buffer.com/settings/api",
    service_documentation = "https://developers.buffer.com/guides/authentication.html",
    setup(
        "Open Settings, then API, and register an OAuth client.",
        "Enter the redirect URI.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://auth.buffer.com/auth",
    token_endpoint = "https://auth.buffer.com/token",
    api_base = "https://api.buffer.com/",
    scopes(
        /// Read posts and the queue.
        PostsRead = "posts:read",
        /// Create and manage posts on behalf of the user.
        PostsWrite = "posts:write",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    token_endpoint_auth_method = client_secret_post,
    authorization_params(prompt = "consent"),
    offline(scope = OfflineAccess),
)]
pub struct Buffer;
