//! Bitbucket: workspaces and repositories of Bitbucket Cloud.

use oauth_runtime::oauth_provider;

/// Signs in with Bitbucket.
///
/// Tokens: an access token lives for two hours; a refresh token comes with every login.
/// What may be asked for is set on the consumer. E-mail addresses take a call of their own, `2.0/user/emails`.
/// Departs from RFC 6749: the granted scopes come as `scopes`.
/// Believed, not read: the granted scopes come as `scopes`.
#[oauth_provider(
    service_documentation =
        "https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/",
    setup(
        "Open the settings of a workspace, then OAuth consumers, and click Add consumer.",
        "Enter the redirect URI as Callback URL.",
        "Select the permissions: Account with Email and Read, and what else you use.",
        "Copy the Key, which is the client ID, and the Secret.",
    ),
    authorization_endpoint = "https://bitbucket.org/site/oauth2/authorize",
    token_endpoint = "https://bitbucket.org/site/oauth2/access_token",
    userinfo_endpoint = "https://api.bitbucket.org/2.0/user",
    api_base = "https://api.bitbucket.org/",
    scopes(
        /// Read the user's account.
        Account = "account",
        /// Read the user's e-mail addresses.
        Email = "email",
        /// Read repositories, private ones included.
        Repository = "repository",
        /// Write to repositories.
        RepositoryWrite = "repository:write",
        /// Read pull requests, and comment on them.
        PullRequest = "pullrequest",
        /// Read issues, and comment on them.
        Issue = "issue",
        /// Manage webhooks.
        Webhook = "webhook",
    ),
    default_scopes(Account, Email),
    offline(always),
    profile(subject = "/uuid", name = "/display_name", picture = "/links/avatar/href"),
    dialect(scope_at = "/scopes"),
)]
pub struct Bitbucket;
