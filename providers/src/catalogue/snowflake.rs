//! Snowflake: users of an account and its data.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with an account of Snowflake.
///
/// Tokens: an access token lives for ten minutes; a refresh token comes with the scope `refresh_token`, which
/// `.offline_access(true)` asks for, and lives as long as the security integration says.
/// The role is chosen by a scope `session:role:NAME`.
/// Believed, not read: the scope of the role.
#[oauth_provider(
    service_documentation = "https://docs.snowflake.com/en/user-guide/oauth-custom",
    setup(
        "Create a security integration of the type OAUTH for a custom, confidential client.",
        "Set OAUTH_REDIRECT_URI to the redirect URI, and OAUTH_ISSUE_REFRESH_TOKENS to TRUE.",
        "Read client ID and secret with SYSTEM$SHOW_OAUTH_CLIENT_SECRETS.",
    ),
    authorization_endpoint = "https://{domain}/oauth/authorize",
    token_endpoint = "https://{domain}/oauth/token-request",
    api_base = "https://{domain}/",
    scopes(
        /// Stay connected while the user is away.
        RefreshToken = "refresh_token",
    ),
    offline(scope = RefreshToken),
)]
pub struct Snowflake {
    /// The account's own host: `company-account.snowflakecomputing.com`.
    domain: Host,
}
