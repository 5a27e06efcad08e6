//! LiveChat: agents and chats of Text.com's LiveChat and HelpDesk.

use oauth_runtime::oauth_provider;

/// Signs in with LiveChat.
///
/// Tokens: an access token lives for eight hours; refresh tokens come with every login.
/// The scopes are those of the app, unless the login names others.
/// Departs from RFC 7009: a token is revoked by a `DELETE` of the token endpoint, which is not declared.
/// Believed, not read: the eight hours; refresh tokens come with every login; a revocation is a `DELETE`.
#[oauth_provider(
    slug = "livechat",
    console = "https://platform.text.com/console/",
    service_documentation = "https://platform.text.com/docs/authorization/agent-authorization",
    setup(
        "Create an app in the Developer Console, and add the building block App Authorization.",
        "Enter the redirect URI under Redirect URI whitelist.",
        "Choose the scopes of the app.",
        "Copy Client Id and Client Secret.",
    ),
    authorization_endpoint = "https://accounts.livechat.com/",
    token_endpoint = "https://accounts.livechat.com/v2/token",
    userinfo_endpoint = "https://accounts.livechat.com/v2/accounts/me",
    scopes(
        /// Read the user's own account.
        MyAccountRead = "accounts--my:ro",
        /// Read the user's own chats.
        MyChatsRead = "chats--my:ro",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/account_id",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/avatar_url",
    ),
)]
pub struct LiveChat;
