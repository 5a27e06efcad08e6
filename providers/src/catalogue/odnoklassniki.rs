//! Odnoklassniki: profiles, photos and groups of people.

use oauth_runtime::oauth_provider;

/// Signs in with Odnoklassniki.
///
/// Tokens: an access token lives for half an hour, a refresh token for thirty days. With the scope
/// `LONG_ACCESS_TOKEN` an access token lives for thirty days, and longer while it is used.
/// Who the user is takes an API call. Every API call carries the application's public key, a third credential, and is
/// signed with MD5: that is left to your program.
/// Departs from RFC 6749: scopes are separated by semicolons; the type of a token is `session`.
#[oauth_provider(
    service_documentation = "https://apiok.ru/en/ext/oauth/server",
    setup(
        "Create an application that uses OAuth.",
        "Enter the redirect URI in the settings of the application.",
        "Ask the support of the API by e-mail for the permissions that you need.",
        "Copy the application ID and the secret key.",
    ),
    authorization_endpoint = "https://connect.ok.ru/oauth/authorize",
    token_endpoint = "https://api.ok.ru/oauth/token.do",
    scopes(
        /// Call most methods of the API.
        ValuableAccess = "VALUABLE_ACCESS",
        /// Read the user's e-mail address.
        GetEmail = "GET_EMAIL",
        /// Get access tokens that live for thirty days.
        LongAccessToken = "LONG_ACCESS_TOKEN",
        /// Reach the user's photos.
        PhotoContent = "PHOTO_CONTENT",
        /// Reach the user's groups.
        GroupContent = "GROUP_CONTENT",
        /// Reach the user's videos.
        VideoContent = "VIDEO_CONTENT",
    ),
    default_scopes(ValuableAccess, GetEmail),
    scope_separator = ";",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    dialect(token_types("session")),
)]
pub struct Odnoklassniki;
