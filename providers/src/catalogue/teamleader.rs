//! Teamleader Focus: employees of companies, their customers, deals and invoices.

use oauth_runtime::oauth_provider;

/// Signs in with Teamleader Focus.
///
/// Tokens: an access token expires; a refresh token comes with every login.
/// E-mail addresses are never taken for verified. What an application may do is chosen in its integration.
#[oauth_provider(
    name = "Teamleader Focus",
    console = "https://marketplace.focus.teamleader.eu/",
    service_documentation = "https://developer.focus.teamleader.eu/",
    setup(
        "Create an integration in the Marketplace.",
        "Enter the redirect URI, and choose the scopes.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://focus.teamleader.eu/oauth2/authorize",
    token_endpoint = "https://focus.teamleader.eu/oauth2/access_token",
    userinfo_endpoint = "https://api.focus.teamleader.eu/users.me",
    api_base = "https://api.focus.teamleader.eu/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/data/id", name = "/data/first_name", email = "/data/email"),
)]
pub struct Teamleader;
