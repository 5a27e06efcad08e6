//! osu!: players and scores of the rhythm game.

use oauth_runtime::oauth_provider;

/// Signs in with osu!.
///
/// Tokens: an access token lives for a day; a refresh token comes with every login, and rotates.
/// The answer of the API holds no e-mail address.
#[oauth_provider(
    name = "osu!",
    console = "https://osu.ppy.sh/home/account/edit",
    service_documentation = "https://osu.ppy.sh/docs/",
    setup(
        "Click New OAuth Application in the section OAuth.",
        "Enter the redirect URI under Application Callback URLs.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://osu.ppy.sh/oauth/authorize",
    token_endpoint = "https://osu.ppy.sh/oauth/token",
    userinfo_endpoint = "https://osu.ppy.sh/api/v2/me",
    api_base = "https://osu.ppy.sh/api/v2/",
    scopes(
        /// Read the user's own profile.
        Identify = "identify",
        /// Read what everybody may see.
        Public = "public",
        /// Read the user's list of friends.
        FriendsRead = "friends.read",
        /// Write posts in the forum.
        ForumWrite = "forum.write",
        /// Read messages in the chat.
        ChatRead = "chat.read",
        /// Send messages in the chat.
        ChatWrite = "chat.write",
    ),
    default_scopes(Identify),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/username", picture = "/avatar_url"),
)]
pub struct Osu;
