//! Typeform: authors of forms, and the answers they got.

use oauth_runtime::oauth_provider;

/// Signs in with Typeform.
///
/// Tokens: an access token lives for a week; a refresh token comes with the scope `offline`, which
/// `.offline_access(true)` asks for.
/// The answer to who the user is holds an alias and an e-mail address, and nothing that is known to stay, so that there
/// is no profile.
#[oauth_provider(
    console = "https://admin.typeform.com/",
    service_documentation = "https://www.typeform.com/developers/get-started/applications/",
    setup(
        "Open Developer Apps in the menu of the organisation, and select Register a new app.",
        "Add the redirect URI under Redirect URI(s).",
        "Copy Client ID, and Client Secret, which is shown once.",
    ),
    authorization_endpoint = "https://api.typeform.com/oauth/authorize",
    token_endpoint = "https://api.typeform.com/oauth/token",
    userinfo_endpoint = "https://api.typeform.com/me",
    api_base = "https://api.typeform.com/",
    scopes(
        /// Read the user's account.
        AccountsRead = "accounts:read",
        /// Read forms.
        FormsRead = "forms:read",
        /// Create and change forms.
        FormsWrite = "forms:write",
        /// Read the answers to forms.
        ResponsesRead = "responses:read",
        /// Read webhooks.
        WebhooksRead = "webhooks:read",
        /// Create and change webhooks.
        WebhooksWrite = "webhooks:write",
        /// Read workspaces.
        WorkspacesRead = "workspaces:read",
        /// Stay connected while the user is away.
        Offline = "offline",
    ),
    default_scopes(AccountsRead),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(scope = Offline),
)]
pub struct Typeform;
