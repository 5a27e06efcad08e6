//! Tumblr: people and their blogs.

use oauth_runtime::oauth_provider;

/// Signs in with Tumblr.
///
/// Tokens: an access token lives for about forty minutes; a refresh token comes with the scope `offline_access`, which
/// `.offline_access(true)` asks for, and rotates.
/// The user is told by the name of a blog, which may change, so that there is no profile. There is no e-mail address.
#[oauth_provider(
    console = "https://www.tumblr.com/oauth/apps",
    service_documentation = "https://www.tumblr.com/docs/en/api/v2",
    setup(
        "Register an application.",
        "Add the redirect URI under OAuth2 redirect URLs.",
        "Copy OAuth Consumer Key and Secret Key.",
    ),
    authorization_endpoint = "https://www.tumblr.com/oauth2/authorize",
    token_endpoint = "https://api.tumblr.com/v2/oauth2/token",
    userinfo_endpoint = "https://api.tumblr.com/v2/user/info",
    api_base = "https://api.tumblr.com/v2/",
    scopes(
        /// Read the user's blogs, posts, likes and follows.
        Basic = "basic",
        /// Post, like and follow as the user.
        Write = "write",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
)]
pub struct Tumblr;
