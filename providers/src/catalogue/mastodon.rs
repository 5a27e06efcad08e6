//! Mastodon: accounts of a server of the fediverse.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with an account of a Mastodon server.
///
/// Tokens: access tokens do not expire; there are no refresh tokens.
/// An application is registered at each server, by a person or by a call of its API, before users of it can sign in.
/// PKCE takes Mastodon 4.3. There is no e-mail address.
/// Believed, not read: access tokens do not expire; PKCE takes Mastodon 4.3.
#[oauth_provider(
    console = "https://{host}/settings/applications",
    service_documentation = "https://docs.joinmastodon.org/spec/oauth/",
    setup(
        "Open Preferences, Development, and create a new application.",
        "Enter the redirect URI in Redirect URI, and choose the scopes.",
        "Copy Client key and Client secret.",
    ),
    authorization_endpoint = "https://{host}/oauth/authorize",
    token_endpoint = "https://{host}/oauth/token",
    revocation_endpoint = "https://{host}/oauth/revoke",
    userinfo_endpoint = "https://{host}/api/v1/accounts/verify_credentials",
    api_base = "https://{host}/api/",
    scopes(
        /// Read all of the user's data.
        Read = "read",
        /// Read the user's own profile alone.
        Profile = "profile",
        /// Read accounts.
        ReadAccounts = "read:accounts",
        /// Change all of the user's data.
        Write = "write",
        /// Publish posts.
        WriteStatuses = "write:statuses",
        /// Receive push notifications.
        Push = "push",
    ),
    default_scopes(Read),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/id", name = "/display_name", picture = "/avatar"),
)]
pub struct Mastodon {
    /// The server.
    #[param(default = "mastodon.social")]
    host: Host,
}
