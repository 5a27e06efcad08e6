//! X, formerly Twitter: accounts of people, and their posts.

use oauth_runtime::oauth_provider;

/// Signs in with X.
///
/// Tokens: an access token lives for two hours; a refresh token comes with the scope `offline.access`, which
/// `.offline_access(true)` asks for, is good once, and rotates.
/// The e-mail address takes the scope `users.email`, and the field `confirmed_email` in a call of `2/users/me`.
#[oauth_provider(
    name = "X",
    console = "https://developer.x.com/en/portal/dashboard",
    service_documentation =
        "https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token",
    setup(
        "Create an app in the developer console, or open it.",
        "Set up User authentication settings with the type Web App, Automated App or Bot.",
        "Add the redirect URI there under Callback URI / Redirect URL.",
        "Copy Client ID and Client Secret of OAuth 2.0.",
    ),
    authorization_endpoint = "https://x.com/i/oauth2/authorize",
    token_endpoint = "https://api.x.com/2/oauth2/token",
    revocation_endpoint = "https://api.x.com/2/oauth2/revoke",
    userinfo_endpoint = "https://api.x.com/2/users/me?user.fields=profile_image_url",
    api_base = "https://api.x.com/",
    scopes(
        /// Read profiles.
        UsersRead = "users.read",
        /// Read posts.
        TweetRead = "tweet.read",
        /// Read the user's e-mail address.
        UsersEmail = "users.email",
        /// Post as the user.
        TweetWrite = "tweet.write",
        /// Read whom the user follows, and who follows the user.
        FollowsRead = "follows.read",
        /// Read what the user likes.
        LikeRead = "like.read",
        /// Stay connected while the user is away.
        OfflineAccess = "offline.access",
    ),
    default_scopes(UsersRead, TweetRead),
    pkce = required,
    offline(scope = OfflineAccess),
    profile(subject = "/data/id", name = "/data/name", picture = "/data/profile_image_url"),
)]
pub struct Twitter;
