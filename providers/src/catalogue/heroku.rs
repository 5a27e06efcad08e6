//! Heroku: apps of people and teams on Heroku.

use oauth_runtime::oauth_provider;

/// Signs in with Heroku.
///
/// Tokens: an access token lives for eight hours; a refresh token comes with every login.
/// API calls also need the header `Accept: application/vnd.heroku+json; version=3`: set it on each call. Who the user
/// is, is such a call too.
#[oauth_provider(
    console = "https://dashboard.heroku.com/account/applications",
    service_documentation = "https://devcenter.heroku.com/articles/oauth",
    setup(
        "Click Register new API client under API Clients.",
        "Enter the redirect URI in OAuth callback URL.",
        "Copy the ID, which is the client ID, and the secret.",
    ),
    authorization_endpoint = "https://id.heroku.com/oauth/authorize",
    token_endpoint = "https://id.heroku.com/oauth/token",
    api_base = "https://api.heroku.com/",
    scopes(
        /// Read the user's account.
        Identity = "identity",
        /// Read apps, but not their configuration.
        Read = "read",
        /// Read and write apps, but not their configuration.
        Write = "write",
        /// Read apps and their configuration.
        ReadProtected = "read-protected",
        /// Read and write apps and their configuration.
        WriteProtected = "write-protected",
        /// Read and write everything.
        Global = "global",
    ),
    default_scopes(Identity),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
)]
pub struct Heroku;
