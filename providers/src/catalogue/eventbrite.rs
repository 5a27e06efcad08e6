//! Eventbrite: organizers, their events and attendees.

use oauth_runtime::oauth_provider;

/// Signs in with Eventbrite.
///
/// Tokens: access tokens do not expire; there are no refresh tokens.
/// There are no scopes.
/// Believed, not read: access tokens do not expire, and there are no refresh tokens.
#[oauth_provider(
    console = "https://www.eventbrite.com/account-settings/apps",
    service_documentation = "https://www.eventbrite.com/platform/api",
    setup(
        "Create an API key.",
        "Enter the redirect URI under OAuth Redirect URI.",
        "Copy the API key and the client secret; the API key is the client ID.",
    ),
    authorization_endpoint = "https://www.eventbrite.com/oauth/authorize",
    token_endpoint = "https://www.eventbrite.com/oauth/token",
    userinfo_endpoint = "https://www.eventbriteapi.com/v3/users/me/",
    api_base = "https://www.eventbriteapi.com/v3/",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(
        subject = "/id",
        name = "/name",
        email = "/emails/0/email",
        email_verified = "/emails/0/verified",
    ),
)]
pub struct Eventbrite;
