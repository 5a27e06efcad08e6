//! Roblox: players and makers of games.

use oauth_runtime::oauth_provider;

/// Signs in with Roblox.
///
/// Tokens: an access token lives for fifteen minutes, a refresh token for ninety days; one comes with every login,
/// is good for one use, and rotates.
/// There is no e-mail address.
#[oauth_provider(
    console = "https://create.roblox.com/dashboard/credentials",
    service_documentation = "https://create.roblox.com/docs/cloud/reference/oauth2",
    setup(
        "Create an OAuth 2.0 app, and copy the client ID and the secret, which is shown once.",
        "Add the permission scopes that the app may ask for.",
        "Enter the redirect URI under Redirect URLs.",
        "Submit the app for review before more than a few people use it.",
    ),
    issuer = "https://apis.roblox.com/oauth/",
    authorization_endpoint = "https://apis.roblox.com/oauth/v1/authorize",
    token_endpoint = "https://apis.roblox.com/oauth/v1/token",
    revocation_endpoint = "https://apis.roblox.com/oauth/v1/token/revoke",
    userinfo_endpoint = "https://apis.roblox.com/oauth/v1/userinfo",
    jwks_uri = "https://apis.roblox.com/oauth/v1/certs",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name and picture.
        Profile = "profile",
        /// Read the user's assets.
        AssetRead = "asset:read",
        /// Create and change the user's assets.
        AssetWrite = "asset:write",
        /// Send messages to the servers of the user's games.
        MessagingPublish = "universe-messaging-service:publish",
    ),
    default_scopes(OpenId, Profile),
    offline(always),
    profile(subject = "/sub", name = "/name", picture = "/picture"),
)]
pub struct Roblox;
