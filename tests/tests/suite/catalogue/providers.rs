//! What the grammar can say and no bundled provider needs.

use oauth_providers::oauth_provider;

/// The parameters of a token request in its query.
#[oauth_provider(
    authorization_endpoint = "https://query.example/oauth/authorize",
    token_endpoint = "https://query.example/oauth/token",
    revocation_endpoint = "https://query.example/oauth/revoke",
    userinfo_endpoint = "https://api.query.example/v2/users/me",
    api_base = "https://api.query.example/v2/",
    offline(always),
    profile(subject = "/id", name = "/display_name", email = "/email"),
    dialect(token_request = query)
)]
pub(crate) struct InQuery;
