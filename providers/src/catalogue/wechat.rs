//! WeChat: accounts of people, who sign in on a website by scanning a code.

use oauth_runtime::oauth_provider;

/// Signs in with WeChat, on a website.
///
/// Tokens: an access token lives for two hours; a refresh token comes with every login and lives for 30 days.
/// Inside WeChat itself, a login is that of an official account, `WeChatOfficial`.
/// The user has another `openid` in each application; `unionid` is the same in all of one owner.
/// Departs from RFC 6749: the client is `appid` and `secret`; token requests are GETs; scopes are separated by commas;
/// a refresh has an address of its own and no secret; errors are numbers; there is no `token_type`.
#[oauth_provider(
    slug = "wechat",
    console = "https://open.weixin.qq.com/",
    service_documentation =
        "https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html",
    setup(
        "Register a website application, and have it and its WeChat login approved.",
        "Set the authorization callback domain to the host of the redirect URI.",
        "Copy the AppID and the AppSecret.",
    ),
    authorization_endpoint = "https://open.weixin.qq.com/connect/qrconnect",
    token_endpoint = "https://api.weixin.qq.com/sns/oauth2/access_token",
    userinfo_endpoint = "https://api.weixin.qq.com/sns/userinfo",
    api_base = "https://api.weixin.qq.com/",
    scopes(
        /// Know who the user is, by a code to scan.
        SnsapiLogin = "snsapi_login",
    ),
    default_scopes(SnsapiLogin),
    scope_separator = ",",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The user, to this application.
        openid: String,
        /// The user, to every application of one owner.
        unionid: Option<String>,
    },
    profile(subject = "/openid", name = "/nickname", picture = "/headimgurl"),
    dialect(
        client_id_param = "appid",
        client_secret_param = "secret",
        sorted_params,
        authorization_fragment = "wechat_redirect",
        token_request_method = get,
        token_response = text,
        missing_token_type,
        error_at = "/errcode",
        error_description_at = "/errmsg",
        invalid_grant("40030", "40029", "42002"),
        refresh_endpoint = "https://api.weixin.qq.com/sns/oauth2/refresh_token",
        refresh_auth_method = none,
        access_token_param = "access_token",
        userinfo_params(openid = token_response.openid),
    ),
)]
pub struct WeChat;
