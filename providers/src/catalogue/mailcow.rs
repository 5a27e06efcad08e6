//! mailcow: mailboxes of a mail server that somebody runs.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a mailbox of mailcow.
///
/// Tokens: access tokens expire; refresh tokens come with every login.
/// The user is the address of the mailbox, and is told only if `profile` is the one scope of the login.
/// Believed, not read: refresh tokens come with every login.
#[oauth_provider(
    name = "mailcow",
    service_documentation = "https://docs.mailcow.email/",
    setup(
        "As an administrator, open the OAuth2 apps of the server, and add a client.",
        "Enter the redirect URI in Redirect URI.",
        "Copy Client ID and Client secret.",
    ),
    authorization_endpoint = "https://{host}/oauth/authorize",
    token_endpoint = "https://{host}/oauth/token",
    userinfo_endpoint = "https://{host}/oauth/profile",
    scopes(
        /// Read the user's name and address.
        Profile = "profile",
    ),
    default_scopes(Profile),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/username", name = "/full_name", email = "/email"),
)]
pub struct Mailcow {
    /// The host of the server, with or without a port.
    host: Host,
}
