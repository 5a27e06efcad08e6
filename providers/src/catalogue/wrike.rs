//! Wrike: tasks, folders and projects of a team.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Wrike.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
/// API calls go to the data centre of the account: its host is `token_response.host`.
/// Departs from RFC 6749: scopes are separated by commas.
#[oauth_provider(
    console = "https://www.wrike.com/appconsole.htm",
    service_documentation = "https://developers.wrike.com/oauth-20-authorization/",
    setup(
        "Open API under Apps & Integrations, and create a new app.",
        "Enter the redirect URI under Redirect URIs, and save.",
        "Copy the Client ID and the Client secret.",
    ),
    authorization_endpoint = "https://login.wrike.com/oauth2/authorize/v4",
    token_endpoint = "https://login.wrike.com/oauth2/token",
    api_base = "https://{host}/api/v4/",
    scopes(
        /// Do what an application may do that asks for nothing in particular.
        Default = "Default",
        /// Read tasks, folders, comments and other data of the workspace.
        WorkspaceRead = "wsReadOnly",
        /// Read and change the data of the workspace.
        WorkspaceWrite = "wsReadWrite",
        /// Read users.
        UsersRead = "amReadOnlyUser",
        /// Read groups of users.
        GroupsRead = "amReadOnlyGroup",
        /// Read workflows.
        WorkflowsRead = "amReadOnlyWorkflow",
        /// Read invitations.
        InvitationsRead = "amReadOnlyInvitation",
    ),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The host that API calls for this account go to.
        host: String,
    },
)]
pub struct Wrike {
    /// The host of the data centre: `www.wrike.com`, or another that token responses name.
    #[param(default = "www.wrike.com")]
    host: Host,
}
