//! Trakt: viewers, and the shows and films they watched.

use oauth_runtime::oauth_provider;

/// Signs in with Trakt.
///
/// Tokens: an access token expires; a refresh token comes with every login.
/// Every call names the version of the API and the application in headers, which are sent.
/// The user is told by a handle that may change, so that there is no profile. There is no e-mail address.
/// Departs from RFC 6749: the token request is JSON.
/// Believed, not read: the refresh.
#[oauth_provider(
    console = "https://trakt.tv/oauth/applications",
    service_documentation = "https://trakt.docs.apiary.io/",
    setup(
        "Create a new application.",
        "Set Redirect uri to the redirect URI.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://trakt.tv/oauth/authorize",
    token_endpoint = "https://api.trakt.tv/oauth/token",
    revocation_endpoint = "https://api.trakt.tv/oauth/revoke",
    userinfo_endpoint = "https://api.trakt.tv/users/me",
    api_base = "https://api.trakt.tv/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    headers("trakt-api-key" = client_id, "trakt-api-version" = "2"),
    dialect(token_request = json),
)]
pub struct Trakt;
