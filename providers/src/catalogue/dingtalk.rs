//! DingTalk: the organisations and people of Alibaba's workplace.

use oauth_runtime::oauth_provider;

/// Signs in with DingTalk.
///
/// Tokens: nothing is known of how long they live; refresh tokens come with every login.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: a token request is JSON, whose members have names of their own, and so have those of its answer.
/// Departs from RFC 6750: the API takes the access token alone in a header of its own.
/// Departs from OpenID Connect: the scope `openid` brings no ID token.
/// Believed, not read: the standard members, which are sent beside those of other names, do no harm.
#[oauth_provider(
    slug = "dingtalk",
    console = "https://open-dev.dingtalk.com/",
    service_documentation =
        "https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information",
    setup(
        "Create an application, and grant it the permission to read personal contact data.",
        "Enter the redirect URI under Redirect URL, in the settings of login and sharing.",
        "Copy the AppKey and the AppSecret, which are the client ID and the client secret.",
    ),
    authorization_endpoint = "https://login.dingtalk.com/oauth2/auth",
    token_endpoint = "https://api.dingtalk.com/v1.0/oauth2/userAccessToken",
    userinfo_endpoint = "https://api.dingtalk.com/v1.0/contact/users/me",
    api_base = "https://api.dingtalk.com/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Know which organisation the user chose.
        CorpId = "corpid",
    ),
    default_scopes(OpenId, CorpId),
    token_endpoint_auth_method = client_secret_post,
    authorization_params(prompt = "consent"),
    token_params(clientId = client_id, grantType = "authorization_code"),
    offline(always),
    profile(subject = "/openId", name = "/nick", email = "/email", picture = "/avatarUrl"),
    dialect(
        client_secret_param = "clientSecret",
        token_request = json,
        access_token_at = "/accessToken",
        refresh_token_at = "/refreshToken",
        expires_in_at = "/expireIn",
        missing_token_type,
        missing_id_token,
        refresh_params(clientId = client_id, grantType = "refresh_token"),
        refresh_token_param = "refreshToken",
        access_token_header = "x-acs-dingtalk-access-token",
    ),
)]
pub struct DingTalk;
