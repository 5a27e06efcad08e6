//! Streamlabs: streamers, their donations and alerts.

use oauth_runtime::oauth_provider;

/// Signs in with Streamlabs.
///
/// Tokens: an access token does not expire, although its answer may name a lifetime; a refresh token comes with every
/// login.
/// Believed, not read: the refresh.
#[oauth_provider(
    service_documentation = "https://dev.streamlabs.com/docs/oauth-2",
    setup(
        "Register an application in the API settings of your Streamlabs account.",
        "Enter the redirect URI.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://streamlabs.com/api/v2.0/authorize",
    token_endpoint = "https://streamlabs.com/api/v2.0/token",
    userinfo_endpoint = "https://streamlabs.com/api/v2.0/user",
    scopes(
        /// Read donations.
        DonationsRead = "donations.read",
        /// Create donations.
        DonationsCreate = "donations.create",
        /// Create alerts.
        AlertsCreate = "alerts.create",
        /// Listen to the user's events on a socket.
        SocketToken = "socket.token",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/streamlabs/id", name = "/streamlabs/display_name"),
)]
pub struct Streamlabs;
