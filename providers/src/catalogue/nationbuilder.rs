//! NationBuilder: supporters of a movement.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a nation of NationBuilder.
///
/// Tokens: an access token lives for a day; refresh tokens come with every login.
/// Departs from RFC 6749: scopes are separated by commas.
#[oauth_provider(
    slug = "nationbuilder",
    service_documentation = "https://nationbuilder.com/api_quickstart",
    setup(
        "In the nation, open Settings, Developer, Register New App.",
        "Enter the redirect URI as the OAuth callback URL.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://{domain}/oauth/authorize",
    token_endpoint = "https://{domain}/oauth/token",
    api_base = "https://{domain}/api/",
    scopes(
        /// Act for the user in the nation.
        Default = "default",
    ),
    default_scopes(Default),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
)]
pub struct NationBuilder {
    /// The nation's own host: `nation.nationbuilder.com`.
    domain: Host,
}
