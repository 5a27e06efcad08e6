//! Notion: pages and databases of workspaces.

use oauth_runtime::oauth_provider;

/// Signs in with Notion.
///
/// Tokens: a refresh token comes with every login, and rotates. How long an access token lives is not said.
/// The user picks the pages that the integration may see; there are no scopes.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: token requests carry JSON. Departs from RFC 7009: a revocation carries JSON.
#[oauth_provider(
    console = "https://www.notion.so/profile/integrations",
    service_documentation = "https://developers.notion.com/docs/authorization",
    setup(
        "Create a public integration, which Notion calls a public connection.",
        "Enter the redirect URI under Redirect URIs.",
        "Choose the capabilities, and user information with e-mail addresses if you need them.",
        "Copy the OAuth client ID and the OAuth client secret from the Configuration tab.",
    ),
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
        /// The workspace in which the integration was installed.
        workspace_id: String,
        /// The bot that acts for the user.
        bot_id: String,
    },
    profile(
        subject = "/bot/owner/user/id",
        name = "/bot/owner/user/name",
        email = "/bot/owner/user/person/email",
        picture = "/bot/owner/user/avatar_url",
    ),
    dialect(token_request = json),
)]
pub struct Notion;
