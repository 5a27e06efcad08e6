//! Bungie: accounts of Bungie.net, and the characters of Destiny.

use oauth_runtime::oauth_provider;

/// Signs in with Bungie.net.
///
/// Tokens: an access token lives for an hour; confidential clients have a refresh token with every login.
/// The user is in `token_response.membership_id`. There is no scope parameter: the scope is set in the portal.
/// API calls also need the header `X-API-Key`: add it to each call. The one that says more of the user is
/// `User/GetMembershipsForCurrentUser/`.
#[oauth_provider(
    name = "Bungie.net",
    console = "https://www.bungie.net/en/Application",
    service_documentation = "https://github.com/Bungie-net/api/wiki/OAuth-Documentation",
    setup(
        "Create an application with the OAuth client type Confidential.",
        "Enter the redirect URI as Redirect URL, and select the scope.",
        "Copy the OAuth client_id, the OAuth client_secret and the API Key.",
    ),
    authorization_endpoint = "https://www.bungie.net/en/OAuth/Authorize",
    token_endpoint = "https://www.bungie.net/platform/app/oauth/token/",
    api_base = "https://www.bungie.net/Platform/",
    pkce = unsupported,
    offline(always),
    token_response {
        /// The user, at Bungie.net.
        membership_id: String,
        /// The seconds after which the refresh token ends.
        refresh_expires_in: Option<u64>,
    },
)]
pub struct Bungie;
