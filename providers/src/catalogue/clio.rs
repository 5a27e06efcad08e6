//! Clio: matters, contacts and documents of law firms in Clio Manage.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Clio.
///
/// Tokens: an access token lives for 30 days; a refresh token comes with every login and stays good.
/// What the application may use is set on it: there are no scopes.
/// Believed, not read: a refresh brings no new refresh token, and the old one stays good.
#[oauth_provider(
    console = "https://developers.clio.com/",
    service_documentation = "https://docs.developers.clio.com/api-docs/authorization",
    setup(
        "Create a developer application, one for each region.",
        "Enter the redirect URI under Redirect URIs.",
        "Select the App Permissions.",
        "Copy the App Key, which is the client ID, and the App Secret.",
    ),
    authorization_endpoint = "https://{host}/oauth/authorize",
    token_endpoint = "https://{host}/oauth/token",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    dialect(refresh_keeps),
)]
pub struct Clio {
    /// The host of the region: `eu.app.clio.com`, `ca.app.clio.com` or `au.app.clio.com`.
    #[param(default = "app.clio.com")]
    host: Host,
}
