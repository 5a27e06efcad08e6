//! Pinterest: pins and boards of people.

use oauth_runtime::oauth_provider;

/// Signs in with Pinterest.
///
/// Tokens: an access token lives for a month; a refresh token comes with every login.
/// The answer of the API holds no e-mail address.
/// Departs from RFC 6749: scopes are separated by commas.
/// Believed, not read: scopes are separated by commas.
#[oauth_provider(
    console = "https://developers.pinterest.com/apps/",
    service_documentation = "https://developers.pinterest.com/docs/api/v5/",
    setup(
        "Connect an app with a business account, and wait until it is approved.",
        "Click Manage, and enter the redirect URI under Redirect URIs.",
        "Copy the app ID and the app secret key.",
    ),
    authorization_endpoint = "https://www.pinterest.com/oauth/",
    token_endpoint = "https://api.pinterest.com/v5/oauth/token",
    userinfo_endpoint = "https://api.pinterest.com/v5/user_account",
    api_base = "https://api.pinterest.com/v5/",
    scopes(
        /// Read the user's account.
        UserAccountsRead = "user_accounts:read",
        /// Read the user's public boards.
        BoardsRead = "boards:read",
        /// Create and change boards.
        BoardsWrite = "boards:write",
        /// Read the user's public pins.
        PinsRead = "pins:read",
        /// Create and change pins.
        PinsWrite = "pins:write",
    ),
    default_scopes(UserAccountsRead),
    scope_separator = ",",
    offline(always),
    profile(subject = "/id", name = "/username", picture = "/profile_image"),
)]
pub struct Pinterest;
