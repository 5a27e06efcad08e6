//! Box: files and folders of people and of enterprises.

use oauth_runtime::oauth_provider;

/// Signs in with Box.
///
/// Tokens: an access token lives for an hour, a refresh token for 60 days; each refresh brings a new one.
/// The scopes are those that the application has, unless the login names some of them.
/// E-mail addresses are never taken for verified.
/// Believed, not read: a refresh token is good once and lives for 60 days.
#[oauth_provider(
    name = "Box",
    slug = "box",
    console = "https://app.box.com/developers/console",
    service_documentation = "https://developer.box.com/guides/authentication/oauth2/",
    setup(
        "Click Create Platform App, and select Custom App with User Authentication (OAuth 2.0).",
        "Under Configuration, enter the redirect URI under OAuth 2.0 Redirect URIs.",
        "Select the Application Scopes and save the changes.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://account.box.com/api/oauth2/authorize",
    token_endpoint = "https://api.box.com/oauth2/token",
    revocation_endpoint = "https://api.box.com/oauth2/revoke",
    userinfo_endpoint = "https://api.box.com/2.0/users/me",
    api_base = "https://api.box.com/",
    scopes(
        /// Read all files and folders of the user.
        RootReadonly = "root_readonly",
        /// Read and write all files and folders of the user.
        RootReadwrite = "root_readwrite",
        /// Manage the users of the enterprise.
        ManageManagedUsers = "manage_managed_users",
        /// Manage webhooks.
        ManageWebhook = "manage_webhook",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/name", email = "/login", picture = "/avatar_url"),
)]
pub struct BoxCom;
