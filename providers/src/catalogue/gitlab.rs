//! GitLab: gitlab.com, and the servers that people run.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a server of GitLab.
///
/// Tokens: an access token lives for two hours; a refresh token comes with every login and rotates.
/// E-mail addresses are never taken for verified.
#[oauth_provider(
    slug = "gitlab",
    console = "https://gitlab.com/-/user_settings/applications",
    service_documentation = "https://docs.gitlab.com/api/oauth2/",
    setup(
        "Open Applications in the settings of your account, and click Add new application.",
        "Enter the redirect URI in Redirect URI, and tick Confidential.",
        "Tick the scopes that the application asks for.",
        "Copy Application ID, which is the client ID, and Secret.",
    ),
    authorization_endpoint = "https://{host}/oauth/authorize",
    token_endpoint = "https://{host}/oauth/token",
    revocation_endpoint = "https://{host}/oauth/revoke",
    userinfo_endpoint = "https://{host}/api/v4/user",
    api_base = "https://{host}/api/v4/",
    scopes(
        /// Read the user's profile.
        ReadUser = "read_user",
        /// Read everything that the API has of the user's groups and projects.
        ReadApi = "read_api",
        /// Read and write everything that the API has of the user's groups and projects.
        Api = "api",
        /// Read repositories.
        ReadRepository = "read_repository",
        /// Read and write repositories.
        WriteRepository = "write_repository",
        /// Read the images of the container registry.
        ReadRegistry = "read_registry",
    ),
    default_scopes(ReadUser),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/name", email = "/email", picture = "/avatar_url"),
)]
pub struct GitLab {
    /// The host of the server, with or without a port.
    #[param(default = "gitlab.com")]
    host: Host,
}
