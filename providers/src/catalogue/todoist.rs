//! Todoist: tasks and projects of people.

use oauth_runtime::oauth_provider;

/// Signs in with Todoist.
///
/// Tokens: those of an app that has refresh tokens on, as new apps have, expire, and the refresh token rotates; those
/// of another app do not expire.
/// Who the user is takes a `POST` to the sync API, which is an API call.
/// Departs from RFC 6749: scopes are separated by commas.
#[oauth_provider(
    console = "https://developer.todoist.com/appconsole.html",
    service_documentation = "https://developer.todoist.com/",
    setup(
        "Create an app in the App Management Console.",
        "Set OAuth redirect URL to the redirect URI.",
        "Copy Client ID and Client secret.",
    ),
    authorization_endpoint = "https://todoist.com/oauth/authorize",
    token_endpoint = "https://todoist.com/oauth/access_token",
    api_base = "https://api.todoist.com/",
    scopes(
        /// Read tasks, projects, labels and filters.
        DataRead = "data:read",
        /// Read and change tasks, projects, labels and filters.
        DataReadWrite = "data:read_write",
        /// Delete tasks, labels and filters.
        DataDelete = "data:delete",
        /// Add tasks.
        TaskAdd = "task:add",
        /// Delete projects.
        ProjectDelete = "project:delete",
    ),
    default_scopes(DataRead),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
)]
pub struct Todoist;
