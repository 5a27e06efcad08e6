//! Reddit: posts, comments and communities.

use oauth_runtime::oauth_provider;

/// Signs in with Reddit.
///
/// Tokens: access tokens expire. A refresh token comes with the parameter `duration=permanent`, and stays until it is
/// revoked.
/// Reddit slows down programs whose header `User-Agent` is a common one: give your client a name of its own.
/// The answer of the API holds no e-mail address.
/// Departs from RFC 6749: a refused token request may be answered with status 200.
/// Believed, not read: a refused token request may be answered with status 200.
#[oauth_provider(
    console = "https://www.reddit.com/prefs/apps",
    service_documentation = "https://github.com/reddit-archive/reddit/wiki/OAuth2",
    setup(
        "Create an app of the type web app.",
        "Enter the redirect URI under redirect uri.",
        "Copy the client ID, which stands below the name of the app, and the secret.",
    ),
    authorization_endpoint = "https://www.reddit.com/api/v1/authorize",
    token_endpoint = "https://www.reddit.com/api/v1/access_token",
    revocation_endpoint = "https://www.reddit.com/api/v1/revoke_token",
    userinfo_endpoint = "https://oauth.reddit.com/api/v1/me",
    api_base = "https://oauth.reddit.com/",
    scopes(
        /// Read the user's name and the date of registration.
        Identity = "identity",
        /// Read posts and comments that the user may see.
        Read = "read",
        /// Read what the user has posted, saved and voted on.
        History = "history",
        /// Read the list of communities that the user follows.
        MySubreddits = "mysubreddits",
        /// Write posts and comments.
        Submit = "submit",
        /// Vote for the user.
        Vote = "vote",
        /// Save posts and comments.
        Save = "save",
    ),
    default_scopes(Identity),
    pkce = unsupported,
    offline(params(duration = "permanent")),
    profile(subject = "/id", name = "/name"),
)]
pub struct Reddit;
