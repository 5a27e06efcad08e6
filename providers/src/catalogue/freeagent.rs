//! FreeAgent: the books of small companies.

use oauth_runtime::oauth_provider;

/// Signs in with FreeAgent.
///
/// Tokens: an access token expires; a refresh token comes with every login.
/// Who the user is, is a call of the API.
#[oauth_provider(
    slug = "freeagent",
    console = "https://dev.freeagent.com/apps",
    service_documentation = "https://dev.freeagent.com/docs/oauth",
    setup(
        "Click Create New App.",
        "Enter the redirect URI in OAuth Redirect URIs.",
        "Copy OAuth identifier, which is the client ID, and OAuth secret.",
    ),
    authorization_endpoint = "https://api.freeagent.com/v2/approve_app",
    token_endpoint = "https://api.freeagent.com/v2/token_endpoint",
    api_base = "https://api.freeagent.com/v2/",
    offline(always)
)]
pub struct FreeAgent;
