//! Timely: teams, their projects and hours.

use oauth_runtime::oauth_provider;

/// Signs in with Timely.
///
/// Tokens: nothing is known of how long an access token lives; a refresh token comes with every login.
/// Believed, not read: the refresh.
#[oauth_provider(
    console = "https://app.timelyapp.com/",
    service_documentation = "https://dev.timelyapp.com/",
    setup(
        "As an admin of the workspace, open Settings and there Devs, and name the application.",
        "Enter the redirect URI.",
        "Copy Application ID and Secret.",
    ),
    authorization_endpoint = "https://api.timelyapp.com/1.1/oauth/authorize",
    token_endpoint = "https://api.timelyapp.com/1.1/oauth/token",
    api_base = "https://api.timelyapp.com/",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
)]
pub struct Timely;
