//! Kick: channels and chats of streamers.

use oauth_runtime::oauth_provider;

/// Signs in with Kick.
///
/// Tokens: an access token lives for two hours; a refresh token comes with every login, and a refresh brings another.
/// E-mail addresses are never taken for verified.
#[oauth_provider(
    console = "https://kick.com/settings/developer",
    service_documentation = "https://docs.kick.com/getting-started/generating-tokens-oauth2-flow",
    setup(
        "Create an app on the Developer tab of the settings.",
        "Enter the redirect URI in Redirect URL.",
        "Tick the scopes that the application asks for.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://id.kick.com/oauth/authorize",
    token_endpoint = "https://id.kick.com/oauth/token",
    revocation_endpoint = "https://id.kick.com/oauth/revoke",
    userinfo_endpoint = "https://api.kick.com/public/v1/users",
    api_base = "https://api.kick.com/public/v1/",
    scopes(
        /// Read the user's profile.
        UserRead = "user:read",
        /// Read the user's channel.
        ChannelRead = "channel:read",
        /// Change the title and the category of the user's stream.
        ChannelWrite = "channel:write",
        /// Send chat messages.
        ChatWrite = "chat:write",
        /// Read the user's stream key.
        StreamKeyRead = "streamkey:read",
        /// Be told of what happens in the user's channel.
        EventsSubscribe = "events:subscribe",
        /// Ban users from the channel.
        ModerationBan = "moderation:ban",
    ),
    default_scopes(UserRead),
    pkce = required,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/data/0/user_id",
        name = "/data/0/name",
        email = "/data/0/email",
        picture = "/data/0/profile_picture",
    ),
)]
pub struct Kick;
