//! Discord: people and the servers they are in.

use oauth_runtime::oauth_provider;

/// Signs in with Discord.
///
/// Tokens: an access token lives for seven days; refresh tokens come with every login.
/// The picture is `avatar` of the answer, a hash of which the application makes a URL.
#[oauth_provider(
    console = "https://discord.com/developers/applications",
    service_documentation = "https://discord.com/developers/docs/topics/oauth2",
    setup(
        "Create an application.",
        "Add the redirect URI under Redirects on its OAuth2 page.",
        "Copy Client ID and Client Secret from the same page.",
    ),
    authorization_endpoint = "https://discord.com/oauth2/authorize",
    token_endpoint = "https://discord.com/api/oauth2/token",
    revocation_endpoint = "https://discord.com/api/oauth2/token/revoke",
    userinfo_endpoint = "https://discord.com/api/users/@me",
    api_base = "https://discord.com/api/",
    scopes(
        /// Know who the user is.
        Identify = "identify",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read which servers the user is in.
        Guilds = "guilds",
        /// Add the user to a server.
        GuildsJoin = "guilds.join",
        /// Read what the user is in a server: nickname and roles.
        GuildsMembersRead = "guilds.members.read",
        /// Read the user's accounts at other services.
        Connections = "connections",
    ),
    default_scopes(Identify, Email),
    offline(always),
    profile(
        subject = "/id",
        name = "/username",
        email = "/email",
        email_verified = "/verified",
    ),
)]
pub struct Discord;
