//! Gitee: repositories of a Chinese community.

use oauth_runtime::oauth_provider;

/// Signs in with Gitee.
///
/// Tokens: an access token lives for a day; a refresh token comes with every login.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6750: the access token travels in the query.
/// Believed, not read: a refresh token comes with every login.
#[oauth_provider(
    console = "https://gitee.com/oauth/applications",
    service_documentation = "https://gitee.com/api/v5/oauth_doc",
    setup(
        "Create a third-party application in the settings of your account.",
        "Enter the redirect URI, and tick the permissions that the application asks for.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://gitee.com/oauth/authorize",
    token_endpoint = "https://gitee.com/oauth/token",
    userinfo_endpoint = "https://gitee.com/api/v5/user",
    api_base = "https://gitee.com/api/v5/",
    scopes(
        /// Read and change the user's profile.
        UserInfo = "user_info",
        /// Read the user's e-mail addresses.
        Emails = "emails",
        /// Read and write the user's repositories.
        Projects = "projects",
        /// Read and write pull requests.
        PullRequests = "pull_requests",
        /// Read and write issues.
        Issues = "issues",
        /// Read and write comments.
        Notes = "notes",
        /// Manage webhooks.
        Hook = "hook",
        /// Read and write the organisations that the user belongs to.
        Groups = "groups",
    ),
    default_scopes(UserInfo, Emails),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/name", email = "/email", picture = "/avatar_url"),
    dialect(access_token_param = "access_token"),
)]
pub struct Gitee;
