//! Intercom: workspaces of companies that talk with their customers.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Intercom.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// There are no scopes: what is granted is set in the app. Who the user is needs the permission to read admins.
/// A workspace in Europe or Australia has hosts of its own.
/// Departs from RFC 7009: the access token alone is sent, as a bearer token, and the app is uninstalled.
#[oauth_provider(
    console = "https://app.intercom.com/a/apps/_/developer-hub",
    service_documentation = "https://developers.intercom.com/building-apps/docs/setting-up-oauth",
    setup(
        "Create an app in the Developer Hub, and open Authentication under Configure.",
        "Tick Use OAuth, and enter the redirect URI in Redirect URLs.",
        "Tick the permissions that the application needs.",
        "Copy Client ID and Client secret from Basic information.",
    ),
    authorization_endpoint = "https://{app_host}/oauth",
    token_endpoint = "https://{api_host}/auth/eagle/token",
    revocation_endpoint = "https://{api_host}/auth/uninstall",
    userinfo_endpoint = "https://{api_host}/me",
    api_base = "https://{api_host}/",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(
        subject = "/id",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/avatar/image_url",
    ),
    dialect(revocation_request = bearer),
)]
pub struct Intercom {
    /// The host of the region's pages: `app.eu.intercom.com`.
    #[param(default = "app.intercom.com")]
    app_host: Host,
    /// The host of the region's API: `api.eu.intercom.io`.
    #[param(default = "api.intercom.io")]
    api_host: Host,
}
