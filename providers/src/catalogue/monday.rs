//! monday.com: boards and documents of accounts.

use oauth_runtime::oauth_provider;

/// Signs in with monday.com.
///
/// Tokens: access tokens do not expire; there are no refresh tokens.
/// An administrator installs the app in the account before a user can sign in.
/// Who the user is takes a GraphQL query, which is an API call.
/// Departs from RFC 6749: no `response_type` is expected; it is sent all the same.
/// Believed, not read: access tokens do not expire.
#[oauth_provider(
    name = "monday.com",
    service_documentation = "https://developer.monday.com/apps/docs/oauth",
    setup(
        "Open the Developer Center from the profile menu, and create an app.",
        "Choose the scopes under OAuth & permissions.",
        "Enter the redirect URI on the tab Redirect URLs.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://auth.monday.com/oauth2/authorize",
    token_endpoint = "https://auth.monday.com/oauth2/token",
    api_base = "https://api.monday.com/",
    scopes(
        /// Read the user's profile.
        MeRead = "me:read",
        /// Read general information about the account.
        AccountRead = "account:read",
        /// Read boards and their items.
        BoardsRead = "boards:read",
        /// Create and change boards and their items.
        BoardsWrite = "boards:write",
        /// Read documents.
        DocsRead = "docs:read",
        /// Create and change documents.
        DocsWrite = "docs:write",
        /// Read the files that belong to items.
        AssetsRead = "assets:read",
    ),
    default_scopes(MeRead),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(never),
)]
pub struct Monday;
