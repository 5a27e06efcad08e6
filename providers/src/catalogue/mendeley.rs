//! Mendeley: libraries of papers, and their readers.

use oauth_runtime::oauth_provider;

/// Signs in with Mendeley.
///
/// Tokens: an access token lives for an hour; refresh tokens come with every login and do not expire.
#[oauth_provider(
    console = "https://dev.mendeley.com/myapps.html",
    service_documentation =
        "https://dev.mendeley.com/reference/topics/authorization_auth_code.html",
    setup(
        "Register a new application.",
        "Enter the redirect URI in Redirect URL.",
        "Generate a secret, and copy it with the ID.",
    ),
    authorization_endpoint = "https://api.mendeley.com/oauth/authorize",
    token_endpoint = "https://api.mendeley.com/oauth/token",
    api_base = "https://api.mendeley.com/",
    scopes(
        /// Read and change all of the user's data.
        All = "all",
    ),
    default_scopes(All),
    offline(always),
)]
pub struct Mendeley;
