//! Providers that depart from the RFCs, each declared from what is known of it and nothing else.

use oauth_providers::{Segment, oauth_provider};
use serde_json::Value;

/// Facebook: versioned endpoints, nested errors, and no refresh token: an access token is exchanged for a longer one.
#[oauth_provider(
    slug = "facebook",
    authorization_endpoint = "https://www.facebook.com/{version}/dialog/oauth",
    token_endpoint = "https://graph.facebook.com/{version}/oauth/access_token",
    userinfo_endpoint = "https://graph.facebook.com/{version}/me?fields=id,name,email",
    api_base = "https://graph.facebook.com/",
    scopes(
        /// The address.
        Email = "email",
        /// The name and the picture.
        PublicProfile = "public_profile",
    ),
    default_scopes(Email, PublicProfile),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/name", email = "/email"),
    dialect(
        token_request_method = get,
        error_at = "/error/code",
        error_description_at = "/error/message",
        invalid_grant("190"),
        refresh_grant_type = "fb_exchange_token",
        refresh_token_param = "fb_exchange_token",
        refresh_from_access_token,
    )
)]
pub(crate) struct Facebook {
    /// The version of the API.
    #[param(default = "v24.0")]
    version: Segment,
}

/// Mailchimp: tokens without end, and a word of its own before them.
#[oauth_provider(
    authorization_endpoint = "https://login.mailchimp.com/oauth2/authorize",
    token_endpoint = "https://login.mailchimp.com/oauth2/token",
    userinfo_endpoint = "https://login.mailchimp.com/oauth2/metadata",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/user_id"),
    dialect(bearer_scheme = "OAuth")
)]
pub(crate) struct Mailchimp;

/// Notion: JSON with HTTP Basic, and a version in a header.
#[oauth_provider(
    authorization_endpoint = "https://api.notion.com/v1/oauth/authorize",
    token_endpoint = "https://api.notion.com/v1/oauth/token",
    revocation_endpoint = "https://api.notion.com/v1/oauth/revoke",
    userinfo_endpoint = "https://api.notion.com/v1/users/me",
    api_base = "https://api.notion.com/",
    pkce = unsupported,
    authorization_params(owner = "user"),
    offline(always),
    headers("Notion-Version" = "2022-06-28"),
    token_response {
        /// Where the integration was installed.
        workspace_id: String,
        /// The bot that acts for the user.
        bot_id: String,
    },
    profile(subject = "/bot/owner/user/id", name = "/bot/owner/user/name"),
    dialect(token_request = json)
)]
pub(crate) struct Notion;

/// Reddit: a refresh token for those who ask with a parameter.
#[oauth_provider(
    authorization_endpoint = "https://www.reddit.com/api/v1/authorize",
    token_endpoint = "https://www.reddit.com/api/v1/access_token",
    revocation_endpoint = "https://www.reddit.com/api/v1/revoke_token",
    userinfo_endpoint = "https://oauth.reddit.com/api/v1/me",
    api_base = "https://oauth.reddit.com/",
    scopes(
        /// Who the user is.
        Identity = "identity",
    ),
    default_scopes(Identity),
    pkce = unsupported,
    offline(params(duration = "permanent")),
    profile(subject = "/id", name = "/name")
)]
pub(crate) struct Reddit;

/// Slack as the user, not as a bot: another scope parameter, and the user's token inside the bot's answer.
#[oauth_provider(
    authorization_endpoint = "https://slack.com/oauth/v2/authorize",
    token_endpoint = "https://slack.com/api/oauth.v2.access",
    revocation_endpoint = "https://slack.com/api/auth.revoke",
    userinfo_endpoint = "https://slack.com/api/users.identity",
    api_base = "https://slack.com/api/",
    scopes(
        /// Who the user is.
        IdentityBasic = "identity.basic",
        /// The address.
        IdentityEmail = "identity.email",
    ),
    default_scopes(IdentityBasic, IdentityEmail),
    scope_separator = ",",
    offline(always),
    token_response {
        /// The workspace.
        team: Value,
    },
    profile(subject = "/user/id", name = "/user/name", email = "/user/email"),
    dialect(
        scope_param = "user_scope",
        access_token_at = "/authed_user/access_token",
        refresh_token_at = "/authed_user/refresh_token",
        expires_in_at = "/authed_user/expires_in",
        scope_at = "/authed_user/scope",
        missing_token_type,
        token_types("bot", "user"),
        error_when(at = "/ok", is = "false"),
        invalid_grant("invalid_refresh_token"),
        revocation_request = bearer,
    )
)]
pub(crate) struct Slack;

/// Stack Exchange: a form for an answer, and the token in the query of each call.
#[oauth_provider(
    authorization_endpoint = "https://stackoverflow.com/oauth",
    token_endpoint = "https://stackoverflow.com/oauth/access_token",
    userinfo_endpoint = "https://api.stackexchange.com/2.3/me",
    api_base = "https://api.stackexchange.com/",
    scopes(
        /// A token without end.
        NoExpiry = "no_expiry",
    ),
    scope_separator = ",",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/items/0/user_id"),
    dialect(
        token_response = form,
        expires_in_at = "/expires",
        missing_token_type,
        access_token_param = "access_token",
    )
)]
pub(crate) struct StackExchange;

/// Strava: what was granted comes with the callback, and a token is given back by another name.
#[oauth_provider(
    authorization_endpoint = "https://www.strava.com/oauth/authorize",
    token_endpoint = "https://www.strava.com/api/v3/oauth/token",
    revocation_endpoint = "https://www.strava.com/oauth/deauthorize",
    userinfo_endpoint = "https://www.strava.com/api/v3/athlete",
    api_base = "https://www.strava.com/api/v3/",
    scopes(
        /// Public segments, routes and profile.
        Read = "read",
        /// Activities.
        ActivityRead = "activity:read",
    ),
    default_scopes(Read),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    authorization_params(approval_prompt = "auto"),
    offline(always),
    token_response {
        /// Who the user is.
        athlete: Value,
    },
    profile(subject = "/id", name = "/username", picture = "/profile"),
    dialect(callback_scope, revocation_request = access_token)
)]
pub(crate) struct Strava;

/// TikTok: another name for the client's identifier.
#[oauth_provider(
    slug = "tiktok",
    authorization_endpoint = "https://www.tiktok.com/v2/auth/authorize/",
    token_endpoint = "https://open.tiktokapis.com/v2/oauth/token/",
    revocation_endpoint = "https://open.tiktokapis.com/v2/oauth/revoke/",
    userinfo_endpoint = "https://open.tiktokapis.com/v2/user/info/?fields=open_id,display_name,avatar_url",
    api_base = "https://open.tiktokapis.com/",
    scopes(
        /// The name and the picture.
        UserInfoBasic = "user.info.basic",
    ),
    default_scopes(UserInfoBasic),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The user, to this application.
        open_id: String,
        /// How long the refresh token lives, in seconds.
        refresh_expires_in: u64,
    },
    profile(
        subject = "/data/user/open_id",
        name = "/data/user/display_name",
        picture = "/data/user/avatar_url",
    ),
    dialect(client_id_param = "client_key")
)]
pub(crate) struct TikTok;

/// X: PKCE, and a scope for the refresh token.
#[oauth_provider(
    slug = "twitter",
    name = "X (Twitter)",
    authorization_endpoint = "https://x.com/i/oauth2/authorize",
    token_endpoint = "https://api.x.com/2/oauth2/token",
    revocation_endpoint = "https://api.x.com/2/oauth2/revoke",
    userinfo_endpoint = "https://api.x.com/2/users/me",
    api_base = "https://api.x.com/",
    scopes(
        /// Profiles.
        UsersRead = "users.read",
        /// Posts.
        TweetRead = "tweet.read",
        /// A refresh token.
        OfflineAccess = "offline.access",
    ),
    default_scopes(UsersRead, TweetRead),
    pkce = required,
    offline(scope = OfflineAccess),
    profile(subject = "/data/id", name = "/data/name")
)]
pub(crate) struct Twitter;

/// VK ID: the callback names a device, which every request names again.
#[oauth_provider(
    slug = "vk_id",
    name = "VK ID",
    authorization_endpoint = "https://id.vk.ru/authorize",
    token_endpoint = "https://id.vk.ru/oauth2/auth",
    revocation_endpoint = "https://id.vk.ru/oauth2/revoke",
    userinfo_endpoint = "https://id.vk.ru/oauth2/user_info",
    scopes(
        /// The address.
        Email = "email",
    ),
    default_scopes(Email),
    pkce = required,
    token_endpoint_auth_method = none,
    token_params(device_id = callback.device_id, state = state),
    offline(always),
    profile(subject = "/user/user_id", name = "/user/first_name", email = "/user/email"),
    dialect(
        callback_params("device_id"),
        refresh_params(device_id = callback.device_id, state = state),
        userinfo_request = form,
        userinfo_params(client_id = client_id),
    )
)]
pub(crate) struct VkId;

/// WeChat: everything by another name and in the query, errors by number, and a fragment at the end.
#[oauth_provider(
    slug = "wechat",
    authorization_endpoint = "https://open.weixin.qq.com/connect/qrconnect",
    token_endpoint = "https://api.weixin.qq.com/sns/oauth2/access_token",
    userinfo_endpoint = "https://api.weixin.qq.com/sns/userinfo",
    api_base = "https://api.weixin.qq.com/",
    scopes(
        /// Who the user is, by a code to scan.
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
    )
)]
pub(crate) struct WeChat;

/// Withings: a constant in each request, and an envelope around each answer.
#[oauth_provider(
    authorization_endpoint = "https://account.withings.com/oauth2_user/authorize2",
    token_endpoint = "https://wbsapi.withings.net/v2/oauth2",
    api_base = "https://wbsapi.withings.net/",
    scopes(
        /// Who the user is.
        UserInfo = "user.info",
    ),
    scope_separator = ",",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    token_params(action = "requesttoken"),
    offline(always),
    token_response {
        /// Who the user is.
        userid: u64,
    },
    dialect(
        token_response_at = "/body",
        error_when(at = "/status", is_not = "0"),
        error_at = "/status",
        error_description_at = "/error",
        refresh_params(action = "requesttoken"),
    )
)]
pub(crate) struct Withings;

/// Zoom: the parameters of a POST in its query.
#[oauth_provider(
    authorization_endpoint = "https://zoom.us/oauth/authorize",
    token_endpoint = "https://zoom.us/oauth/token",
    revocation_endpoint = "https://zoom.us/oauth/revoke",
    userinfo_endpoint = "https://api.zoom.us/v2/users/me",
    api_base = "https://api.zoom.us/v2/",
    offline(always),
    profile(subject = "/id", name = "/display_name", email = "/email"),
    dialect(token_request = query)
)]
pub(crate) struct Zoom;
