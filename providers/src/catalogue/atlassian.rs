//! Atlassian: accounts of people, and the sites of Jira and Confluence in the cloud.

use oauth_runtime::oauth_provider;

/// Signs in with Atlassian.
///
/// Tokens: an access token lives for an hour; there is a refresh token with the scope `offline_access`, which
/// `.offline_access(true)` asks for, and each refresh brings a new one.
/// A site is called at `ex/jira/{cloud_id}` or `ex/confluence/{cloud_id}`; `oauth/token/accessible-resources` lists the
/// sites. The consent page is shown at each login: else there is no refresh token again.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: the authorization request names an `audience`.
#[oauth_provider(
    console = "https://developer.atlassian.com/console/myapps/",
    service_documentation = "https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/",
    setup(
        "Click Create, and select OAuth 2.0 integration.",
        "Under Authorization, add OAuth 2.0 (3LO) and enter the redirect URI as Callback URL.",
        "Under Permissions, add the User identity API and the others that you use, with scopes.",
        "Under Settings, copy the Client ID and the Secret.",
    ),
    authorization_endpoint = "https://auth.atlassian.com/authorize",
    token_endpoint = "https://auth.atlassian.com/oauth/token",
    userinfo_endpoint = "https://api.atlassian.com/me",
    api_base = "https://api.atlassian.com/",
    scopes(
        /// Read the user's own profile.
        ReadMe = "read:me",
        /// Read projects and issues of Jira.
        ReadJiraWork = "read:jira-work",
        /// Create and change issues of Jira.
        WriteJiraWork = "write:jira-work",
        /// Read the users of Jira.
        ReadJiraUser = "read:jira-user",
        /// Read all the content of Confluence.
        ReadConfluenceContentAll = "read:confluence-content.all",
        /// Create and change the content of Confluence.
        WriteConfluenceContent = "write:confluence-content",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(ReadMe),
    token_endpoint_auth_method = client_secret_post,
    authorization_params(audience = "api.atlassian.com", prompt = "consent"),
    offline(scope = OfflineAccess),
    profile(subject = "/account_id", name = "/name", email = "/email", picture = "/picture"),
)]
pub struct Atlassian;
