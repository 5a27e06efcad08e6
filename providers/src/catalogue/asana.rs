//! Asana: workspaces, projects and tasks.

use oauth_runtime::oauth_provider;

/// Signs in with Asana.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
/// An app with full permissions asks for `default` alone, one with single permissions for those alone.
/// The answers of the API stand in `data`. E-mail addresses are never taken for verified.
#[oauth_provider(
    console = "https://app.asana.com/0/my-apps",
    service_documentation = "https://developers.asana.com/docs/oauth",
    setup(
        "Create an app in the developer console.",
        "Open OAuth, and enter the redirect URI under Redirect URLs.",
        "Choose Full permissions or the scopes, and under Manage distribution who may use the app.",
        "Copy the Client ID and the Client secret.",
    ),
    authorization_endpoint = "https://app.asana.com/-/oauth_authorize",
    token_endpoint = "https://app.asana.com/-/oauth_token",
    revocation_endpoint = "https://app.asana.com/-/oauth_revoke",
    userinfo_endpoint = "https://app.asana.com/api/1.0/users/me",
    api_base = "https://app.asana.com/api/1.0/",
    scopes(
        /// Do everything that the user may do, for an app with full permissions.
        Default = "default",
        /// Read users and the user's own entry.
        UsersRead = "users:read",
        /// Read workspaces.
        WorkspacesRead = "workspaces:read",
        /// Read projects.
        ProjectsRead = "projects:read",
        /// Create and change projects.
        ProjectsWrite = "projects:write",
        /// Read tasks.
        TasksRead = "tasks:read",
        /// Create and change tasks.
        TasksWrite = "tasks:write",
    ),
    default_scopes(Default),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/data/gid",
        name = "/data/name",
        email = "/data/email",
        picture = "/data/photo/image_128x128",
    ),
)]
pub struct Asana;
