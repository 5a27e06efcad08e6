//! Gitea: gitea.com, and the Gitea and Forgejo servers that people run.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a server of Gitea or Forgejo.
///
/// Tokens: an access token lives for an hour unless the server says otherwise; a refresh token comes with every login.
/// Who the user is, is a call of the API.
/// Believed, not read: a client without a secret needs PKCE.
#[oauth_provider(
    console = "https://gitea.com/user/settings/applications",
    service_documentation = "https://docs.gitea.com/development/oauth2-provider",
    setup(
        "Open Applications in the settings of your account on the server.",
        "Create a new OAuth2 application, and enter the redirect URI in Redirect URIs.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://{host}/login/oauth/authorize",
    token_endpoint = "https://{host}/login/oauth/access_token",
    api_base = "https://{host}/api/v1/",
    scopes(
        /// Read the user's profile.
        ReadUser = "read:user",
        /// Read the organisations and teams that the user belongs to.
        ReadOrganization = "read:organization",
        /// Read repositories.
        ReadRepository = "read:repository",
        /// Read and write repositories.
        WriteRepository = "write:repository",
        /// Read issues and pull requests.
        ReadIssue = "read:issue",
        /// Read and write issues and pull requests.
        WriteIssue = "write:issue",
        /// Read notifications.
        ReadNotification = "read:notification",
    ),
    default_scopes(ReadUser),
    offline(always),
)]
pub struct Gitea {
    /// The host of the server, with or without a port.
    #[param(default = "gitea.com")]
    host: Host,
}
