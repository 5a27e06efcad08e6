//! Webflow: sites, their pages and their content.

use oauth_runtime::oauth_provider;

/// Signs in with Webflow.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// A login may ask only for scopes that the app is registered with.
/// Departs from RFC 7009: tokens are revoked with a JSON body, which is not declared here.
/// Believed, not read: access tokens do not expire.
#[oauth_provider(
    console = "https://webflow.com/dashboard",
    service_documentation = "https://developers.webflow.com/data/reference/oauth-app",
    setup(
        "Create an app under App Development, in Apps & Integrations of the workspace.",
        "Switch on the building block Data Client, and select its scopes.",
        "Enter the redirect URI under Building Blocks.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://webflow.com/oauth/authorize",
    token_endpoint = "https://api.webflow.com/oauth/access_token",
    api_base = "https://api.webflow.com/",
    scopes(
        /// Know who the user is.
        AuthorizedUserRead = "authorized_user:read",
        /// Read sites.
        SitesRead = "sites:read",
        /// Change and publish sites.
        SitesWrite = "sites:write",
        /// Read pages.
        PagesRead = "pages:read",
        /// Read collections and their items.
        CmsRead = "cms:read",
        /// Create and change collections and their items.
        CmsWrite = "cms:write",
        /// Read forms and what was submitted.
        FormsRead = "forms:read",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
)]
pub struct Webflow;
