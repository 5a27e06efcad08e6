//! Redbooth: tasks and workspaces of teams.

use oauth_runtime::oauth_provider;

/// Signs in with Redbooth.
///
/// Tokens: access tokens expire; a refresh token comes with every login.
/// E-mail addresses are never taken for verified.
/// Believed, not read: no scope has to be asked for.
#[oauth_provider(
    console = "https://redbooth.com/oauth2/applications",
    service_documentation = "https://redbooth.com/api/authentication/",
    setup(
        "Register an application.",
        "Enter the redirect URI as the return URI or callback URL.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://redbooth.com/oauth2/authorize",
    token_endpoint = "https://redbooth.com/oauth2/token",
    userinfo_endpoint = "https://redbooth.com/api/3/me",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/username", email = "/email"),
)]
pub struct Redbooth;
