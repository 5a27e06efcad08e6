//! Baidu: accounts of people, and their files in Baidu Netdisk.

use oauth_runtime::oauth_provider;

/// Signs in with Baidu.
///
/// Tokens: an access token lives for a month, a refresh token for ten years; there is one with every login.
/// Departs from RFC 6749: the answer has no `token_type`. Departs from RFC 6750: an access token travels in the query.
/// Believed, not read: there is a refresh token with every login.
#[oauth_provider(
    console = "https://developer.baidu.com/",
    setup(
        "Create an application in the developer centre.",
        "Enter the redirect URI in the security settings.",
        "Copy the API Key, which is the client ID, and the Secret Key.",
    ),
    authorization_endpoint = "https://openapi.baidu.com/oauth/2.0/authorize",
    token_endpoint = "https://openapi.baidu.com/oauth/2.0/token",
    userinfo_endpoint = "https://openapi.baidu.com/rest/2.0/passport/users/getLoggedInUser",
    scopes(
        /// Read the user's basic profile.
        Basic = "basic",
        /// Read and write the user's files in Baidu Netdisk.
        Netdisk = "netdisk",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/uid", name = "/uname"),
    dialect(missing_token_type, access_token_param = "access_token"),
)]
pub struct Baidu;
