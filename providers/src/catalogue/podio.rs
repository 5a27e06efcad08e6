//! Podio: workspaces and apps of teams.

use oauth_runtime::oauth_provider;

/// Signs in with Podio.
///
/// Tokens: access tokens expire; a refresh token comes with every login.
/// Who the user is stands in the token response too, in the object `ref` of `raw()`.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6750: API calls say `OAuth2` in place of `Bearer`.
#[oauth_provider(
    console = "https://podio.com/settings/api",
    service_documentation = "https://developers.podio.com/authentication",
    setup(
        "Generate an API key.",
        "Set the full domain of your return URL to the host of your redirect URI.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://podio.com/oauth/authorize",
    token_endpoint = "https://podio.com/oauth/token",
    userinfo_endpoint = "https://api.podio.com/user/status",
    api_base = "https://api.podio.com/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/user/user_id", name = "/profile/name", email = "/user/mail"),
    dialect(bearer_scheme = "OAuth2"),
)]
pub struct Podio;
