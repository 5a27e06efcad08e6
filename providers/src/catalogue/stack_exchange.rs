//! Stack Exchange: accounts of Stack Overflow and its sister sites.

use oauth_runtime::{Value, oauth_provider};

/// Signs in with Stack Exchange.
///
/// Tokens: an access token lives for a day, and without end with the scope `no_expiry`; there are no refresh tokens.
/// API calls also need `key` and `site` in the query: add them to each call. The answers of the API are always
/// compressed with gzip, which the HTTP client must undo.
/// Departs from RFC 6749: scopes are separated by commas; the lifetime is in `expires`; the answer has no `token_type`.
/// Departs from RFC 6750: the access token travels in the query.
/// Believed, not read: there are no refresh tokens.
#[oauth_provider(
    name = "Stack Exchange",
    console = "https://stackapps.com/apps/oauth",
    service_documentation = "https://api.stackexchange.com/docs/authentication",
    setup(
        "Register an application on Stack Apps.",
        "Set OAuth Domain to the host of the redirect URI.",
        "Copy the client ID, the client secret and the key.",
    ),
    authorization_endpoint = "https://stackoverflow.com/oauth",
    token_endpoint = "https://stackoverflow.com/oauth/access_token/json",
    userinfo_endpoint = "https://api.stackexchange.com/2.3/me?site={site}&key={key}",
    api_base = "https://api.stackexchange.com/",
    scopes(
        /// Stay connected without end.
        NoExpiry = "no_expiry",
        /// Read the user's inbox.
        ReadInbox = "read_inbox",
        /// Read the user's private data, such as the history of reputation.
        PrivateInfo = "private_info",
        /// Post, vote and edit as the user.
        WriteAccess = "write_access",
    ),
    scope_separator = ",",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(
        subject = "/items/0/account_id",
        name = "/items/0/display_name",
        picture = "/items/0/profile_image",
    ),
    dialect(expires_in_at = "/expires", missing_token_type, access_token_param = "access_token"),
)]
pub struct StackExchange {
    /// The key of the application, which is no secret.
    key: Value,
    /// The site whose profile is read.
    #[param(default = "stackoverflow")]
    site: Value,
}
