//! Lark: the people of an organisation at Feishu or Lark.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Feishu or Lark.
///
/// Tokens: an access token lives for about two hours; refresh tokens come with the scope `offline_access`, which
/// `.offline_access(true)` asks for, and are good for one refresh, which brings another.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: requests are JSON; an answer is an error if `code` is not 0.
/// Believed, not read: Lark is the same as Feishu at hosts of its own.
#[oauth_provider(
    console = "https://open.feishu.cn/app",
    service_documentation =
        "https://open.feishu.cn/document/common-capabilities/sso/api/obtain-oauth-code",
    setup(
        "Create a custom app in the developer console.",
        "Enter the redirect URI in Redirect URLs, under Security Settings.",
        "Add the scopes that are asked for, offline_access among them, and publish a version.",
        "Copy App ID, which is the client ID, and App Secret.",
    ),
    authorization_endpoint = "https://{accounts_host}/open-apis/authen/v1/authorize",
    token_endpoint = "https://{open_host}/open-apis/authen/v2/oauth/token",
    userinfo_endpoint = "https://{open_host}/open-apis/authen/v1/user_info",
    api_base = "https://{open_host}/open-apis/",
    scopes(
        /// Read the user's e-mail address.
        UserEmail = "contact:user.email:readonly",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
    profile(
        subject = "/data/union_id",
        name = "/data/name",
        email = "/data/email",
        picture = "/data/avatar_url",
    ),
    dialect(token_request = json, error_when(at = "/code", is_not = "0")),
)]
pub struct Lark {
    /// The host of the login: `accounts.larksuite.com` for Lark.
    #[param(default = "accounts.feishu.cn")]
    accounts_host: Host,
    /// The host of the API: `open.larksuite.com` for Lark.
    #[param(default = "open.feishu.cn")]
    open_host: Host,
}
