//! WeChat Official Account: followers of an account, who sign in inside WeChat.

use oauth_runtime::oauth_provider;

/// Signs in with WeChat, on a page of an official account.
///
/// Tokens: an access token lives for two hours; a refresh token comes with every login and lives for 30 days.
/// The page must be opened inside WeChat; elsewhere a login is that of a website, `WeChat`.
/// Departs from RFC 6749: names, methods and errors are those of `WeChat`; scopes are separated by commas.
/// Believed, not read: a refresh goes as it does at the login on a website.
#[oauth_provider(
    name = "WeChat Official Account",
    slug = "wechat_official",
    console = "https://mp.weixin.qq.com/",
    service_documentation =
        "https://developers.weixin.qq.com/doc/offiaccount/en/OA_Web_Apps/Wechat_webpage_authorization.html",
    setup(
        "Set the domain of web page authorization of a service account to the redirect URI's host.",
        "Copy the AppID and the AppSecret from the basic configuration.",
    ),
    authorization_endpoint = "https://open.weixin.qq.com/connect/oauth2/authorize",
    token_endpoint = "https://api.weixin.qq.com/sns/oauth2/access_token",
    userinfo_endpoint = "https://api.weixin.qq.com/sns/userinfo",
    api_base = "https://api.weixin.qq.com/",
    scopes(
        /// Know who the user is, without a profile and without asking them.
        SnsapiBase = "snsapi_base",
        /// Read the user's name and picture.
        SnsapiUserinfo = "snsapi_userinfo",
    ),
    default_scopes(SnsapiUserinfo),
    scope_separator = ",",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The user, to this account.
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
pub struct WeChatOfficial;
