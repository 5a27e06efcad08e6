//! Mattermost: users of a chat server that somebody runs.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a user of a Mattermost server.
///
/// Tokens: access tokens expire; refresh tokens come with every login.
/// Believed, not read: refresh tokens come with every login.
#[oauth_provider(
    service_documentation =
        "https://developers.mattermost.com/integrate/apps/authentication/oauth2/",
    setup(
        "As an administrator, switch on the OAuth 2.0 service provider in the System Console.",
        "Open Integrations, OAuth 2.0 Applications, and add an application.",
        "Enter the redirect URI under Callback URLs.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://{host}/oauth/authorize",
    token_endpoint = "https://{host}/oauth/access_token",
    userinfo_endpoint = "https://{host}/api/v4/users/me",
    api_base = "https://{host}/api/v4/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/id",
        name = "/username",
        email = "/email",
        email_verified = "/email_verified",
    ),
)]
pub struct Mattermost {
    /// The host of the server, with or without a port.
    host: Host,
}
