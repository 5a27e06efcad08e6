//! Keap: customers and orders of small companies, once Infusionsoft.

use oauth_runtime::oauth_provider;

/// Signs in with Keap.
///
/// Tokens: an access token lives for a day; a refresh token comes with every login and rotates.
/// Departs from RFC 6749: the client proves itself in another way at a refresh.
/// Believed, not read: a refresh wants the secret in the header, a code in the body.
#[oauth_provider(
    console = "https://keys.developer.keap.com/",
    service_documentation = "https://developer.infusionsoft.com/getting-started-oauth-keys",
    setup(
        "Click New App in the developer portal, and turn on Keap REST APIs.",
        "Use a redirect URI that begins with https.",
        "Copy the key, which is the client ID, and the secret.",
    ),
    authorization_endpoint = "https://accounts.infusionsoft.com/app/oauth/authorize",
    token_endpoint = "https://api.infusionsoft.com/token",
    api_base = "https://api.infusionsoft.com/",
    scopes(
        /// Read and write everything.
        Full = "full",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    dialect(refresh_auth_method = client_secret_basic),
)]
pub struct Keap;
