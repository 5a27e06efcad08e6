//! Epic Games: players, their friends and what they own.

use oauth_runtime::oauth_provider;

/// Signs in with Epic Games.
///
/// Tokens: access tokens expire; refresh tokens come with every login, and live for some hours only.
/// Believed, not read: the token request may need a `deployment_id`, which is not sent.
#[oauth_provider(
    name = "Epic Games",
    console = "https://dev.epicgames.com/portal",
    service_documentation = "https://dev.epicgames.com/docs/web-api-ref/authentication",
    setup(
        "Create a product in the portal, and an application and a client for it.",
        "Add the redirect URI to the client.",
        "Link the client to the application, and choose its permissions.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://www.epicgames.com/id/authorize",
    token_endpoint = "https://api.epicgames.dev/epic/oauth/v2/token",
    revocation_endpoint = "https://api.epicgames.dev/epic/oauth/v2/revoke",
    userinfo_endpoint = "https://api.epicgames.dev/epic/oauth/v2/userInfo",
    api_base = "https://api.epicgames.dev/",
    scopes(
        /// Know who the user is, and the name that is shown.
        BasicProfile = "basic_profile",
        /// Read the user's friends who use the application too.
        FriendsList = "friends_list",
        /// Read and write whether the user is online.
        Presence = "presence",
    ),
    default_scopes(BasicProfile),
    offline(always),
    profile(subject = "/sub", name = "/preferred_username"),
)]
pub struct EpicGames;
