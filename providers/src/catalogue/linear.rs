//! Linear: issues and projects of workspaces.

use oauth_runtime::oauth_provider;

/// Signs in with Linear.
///
/// Tokens: an access token lives for a day; refresh tokens come with every login, and a refresh replaces them.
/// Who the user is takes a GraphQL query, which is an API call.
/// Departs from RFC 6749: scopes are separated by commas.
/// Departs from RFC 7009: the access token is revoked as the bearer of the request.
#[oauth_provider(
    console = "https://linear.app/settings/api/applications/new",
    service_documentation = "https://linear.app/developers/oauth-2-0-authentication",
    setup(
        "Create an OAuth2 application, best in a workspace of its own.",
        "Enter the redirect URI among its redirect callback URLs.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://linear.app/oauth/authorize",
    token_endpoint = "https://api.linear.app/oauth/token",
    revocation_endpoint = "https://api.linear.app/oauth/revoke",
    api_base = "https://api.linear.app/",
    scopes(
        /// Read what the user can see; it must always be asked for.
        Read = "read",
        /// Change what the user can change.
        Write = "write",
        /// Create issues and their attachments.
        IssuesCreate = "issues:create",
        /// Comment on issues.
        CommentsCreate = "comments:create",
        /// Create and change time schedules.
        TimeScheduleWrite = "timeSchedule:write",
        /// Administer the workspace.
        Admin = "admin",
    ),
    default_scopes(Read),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    authorization_params(prompt = "consent"),
    offline(always),
    dialect(revocation_request = bearer),
)]
pub struct Linear;
