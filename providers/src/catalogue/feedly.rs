//! Feedly: people and the feeds they read.

use oauth_runtime::oauth_provider;

/// Signs in with Feedly.
///
/// Tokens: access tokens expire; refresh tokens come with every login, and live until the user takes access away.
/// E-mail addresses are never taken for verified.
#[oauth_provider(
    service_documentation = "https://developer.feedly.com/v3/auth/",
    setup(
        "Ask Feedly for a client: its staff gives them out.",
        "Name the redirect URI.",
        "Keep the client ID and the client secret.",
    ),
    authorization_endpoint = "https://cloud.feedly.com/v3/auth/auth",
    token_endpoint = "https://cloud.feedly.com/v3/auth/token",
    userinfo_endpoint = "https://cloud.feedly.com/v3/profile",
    api_base = "https://cloud.feedly.com/v3/",
    scopes(
        /// Read and write the user's feeds, and the profile.
        Subscriptions = "https://cloud.feedly.com/subscriptions",
    ),
    default_scopes(Subscriptions),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/id",
        name = "/fullName",
        email = "/email",
        picture = "/picture",
    ),
)]
pub struct Feedly;
