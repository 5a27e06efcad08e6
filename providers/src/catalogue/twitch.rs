//! Twitch: streamers and viewers.

use oauth_runtime::oauth_provider;

/// Signs in with Twitch.
///
/// Tokens: an access token lives for a few hours; a refresh token comes with every login.
/// Name, e-mail address and picture are asked for with the parameter `claims`.
/// Every call names the application in the header `Client-Id`, which is sent. An application validates its tokens
/// hourly, at `/oauth2/validate`.
/// Departs from RFC 6749: an error is in `message`, without a code; scopes come as a list.
/// Believed, not read: the hourly validation.
#[oauth_provider(
    console = "https://dev.twitch.tv/console/apps",
    service_documentation = "https://dev.twitch.tv/docs/authentication/getting-tokens-oidc",
    setup(
        "Register Your Application as a confidential client.",
        "Add the redirect URI under OAuth Redirect URLs.",
        "Copy Client ID, and a New Secret.",
    ),
    issuer = "https://id.twitch.tv/oauth2",
    authorization_endpoint = "https://id.twitch.tv/oauth2/authorize",
    token_endpoint = "https://id.twitch.tv/oauth2/token",
    revocation_endpoint = "https://id.twitch.tv/oauth2/revoke",
    userinfo_endpoint = "https://id.twitch.tv/oauth2/userinfo",
    jwks_uri = "https://id.twitch.tv/oauth2/keys",
    api_base = "https://api.twitch.tv/helix/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's e-mail address.
        UserReadEmail = "user:read:email",
        /// Read which channels the user follows.
        UserReadFollows = "user:read:follows",
        /// Read who subscribed to the user's channel.
        ChannelReadSubscriptions = "channel:read:subscriptions",
    ),
    default_scopes(OpenId, UserReadEmail),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    authorization_params(
        claims =
            r#"{"userinfo":{"email":null,"email_verified":null,"picture":null,"preferred_username":null}}"#,
    ),
    offline(always),
    headers("Client-Id" = client_id),
    profile(
        subject = "/sub",
        name = "/preferred_username",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
    dialect(
        error_at = "/message",
        invalid_grant("Invalid refresh token", "Invalid authorization code"),
    ),
)]
pub struct Twitch;
