//! Yandex: accounts of people in all of Yandex's services.

use oauth_runtime::oauth_provider;

/// Signs in with Yandex.
///
/// Tokens: how long an access token lives depends on its scopes; a refresh token comes with every login.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6750: the word before the access token is `OAuth`. Departs from RFC 7009: the token is called
/// `access_token`.
/// Believed, not read: the word before the access token is `OAuth`.
#[oauth_provider(
    console = "https://oauth.yandex.com/",
    service_documentation = "https://yandex.com/dev/id/doc/en/",
    setup(
        "Create an application for user authorization, on the platform of web services.",
        "Enter the redirect URI under Redirect URI.",
        "Tick access to the user's name, e-mail address and portrait.",
        "Copy the ClientID and the Client secret.",
    ),
    authorization_endpoint = "https://oauth.yandex.com/authorize",
    token_endpoint = "https://oauth.yandex.com/token",
    revocation_endpoint = "https://oauth.yandex.com/revoke_token",
    userinfo_endpoint = "https://login.yandex.ru/info",
    api_base = "https://login.yandex.ru/",
    scopes(
        /// Read the user's name, login and gender.
        LoginInfo = "login:info",
        /// Read the user's e-mail address.
        LoginEmail = "login:email",
        /// Read the user's portrait.
        LoginAvatar = "login:avatar",
        /// Read the user's date of birth.
        LoginBirthday = "login:birthday",
    ),
    default_scopes(LoginInfo, LoginEmail, LoginAvatar),
    offline(always),
    profile(subject = "/id", name = "/display_name", email = "/default_email"),
    dialect(revocation_request = access_token, bearer_scheme = "OAuth"),
)]
pub struct Yandex;
