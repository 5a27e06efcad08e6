//! Zendesk Sell: leads, contacts and deals of a company's sales.

use oauth_runtime::oauth_provider;

/// Signs in with Zendesk Sell.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
#[oauth_provider(
    name = "Zendesk Sell",
    service_documentation = "https://developer.zendesk.com/api-reference/sales-crm/introduction/",
    setup(
        "Open Integrations, OAuth in the settings of Sell, and the tab Developer Apps.",
        "Click Add Developer App, and enter the redirect URI as Redirect URL.",
        "Copy the client ID and the client secret from the details of the app.",
    ),
    authorization_endpoint = "https://api.getbase.com/oauth2/authorize",
    token_endpoint = "https://api.getbase.com/oauth2/token",
    api_base = "https://api.getbase.com/",
    scopes(
        /// Read leads, contacts, deals and other data.
        Read = "read",
        /// Create and change leads, contacts, deals and other data.
        Write = "write",
        /// Read the user's own profile.
        Profile = "profile",
        /// Follow changes by the sync API.
        Sync = "sync",
    ),
    offline(always),
)]
pub struct ZendeskSell;
