//! QQ: accounts of people at Tencent.

use oauth_runtime::oauth_provider;

/// Signs in with QQ.
///
/// Tokens: an access token lives for three months; a refresh token comes with every login.
/// The profile is the user's identifier alone, which holds for this application. A name and a picture take one more API
/// call, `user/get_user_info`, which names the application and that identifier.
/// Departs from RFC 6749: the token request is a GET; its answer has no `token_type`; a refused one is answered with
/// status 200 and a number for a code; scopes are separated by commas. Departs from RFC 6750: the access token travels
/// in the query of API calls.
/// Believed, not read: a refused token request is answered with JSON, as a good one is.
#[oauth_provider(
    name = "QQ",
    console = "https://connect.qq.com/manage.html",
    service_documentation = "https://wiki.connect.qq.com/",
    setup(
        "Register as a developer, create a website application, and wait until it is approved.",
        "Enter the redirect URI as the callback address of the website.",
        "Copy the APP ID and the APP Key, which are the client ID and the client secret.",
    ),
    authorization_endpoint = "https://graph.qq.com/oauth2.0/authorize",
    token_endpoint = "https://graph.qq.com/oauth2.0/token",
    userinfo_endpoint = "https://graph.qq.com/oauth2.0/me?fmt=json",
    scopes(
        /// Read the user's name and picture.
        GetUserInfo = "get_user_info",
    ),
    default_scopes(GetUserInfo),
    scope_separator = ",",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    token_params(fmt = "json"),
    offline(always),
    profile(subject = "/openid"),
    dialect(
        token_request_method = get,
        token_response = text,
        missing_token_type,
        refresh_params(fmt = "json"),
        access_token_param = "access_token",
    ),
)]
pub struct Qq;
