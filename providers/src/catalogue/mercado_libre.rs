//! Mercado Libre: buyers and sellers of Latin America.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Mercado Libre.
///
/// Tokens: an access token lives for six hours; a refresh token comes with the scope `offline_access` and is good once.
/// The user is in `token_response.user_id` too. An e-mail address is never taken for verified.
/// Believed, not read: the six hours; a refresh token is good once; `user_id` is always there.
#[oauth_provider(
    name = "Mercado Libre",
    console = "https://developers.mercadolibre.com.ar/devcenter",
    service_documentation =
        "https://developers.mercadolibre.com.ar/en_us/authentication-and-authorization",
    setup(
        "Create an application.",
        "Enter the redirect URI in Redirect URI, and choose the scopes.",
        "Copy the App ID and the Secret Key.",
    ),
    authorization_endpoint = "https://{host}/authorization",
    token_endpoint = "https://api.mercadolibre.com/oauth/token",
    userinfo_endpoint = "https://api.mercadolibre.com/users/me",
    api_base = "https://api.mercadolibre.com/",
    scopes(
        /// Read the user's data.
        Read = "read",
        /// Change the user's data.
        Write = "write",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(Read),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
    token_response {
        /// The user.
        user_id: u64,
    },
    profile(subject = "/id", name = "/nickname", email = "/email"),
)]
pub struct MercadoLibre {
    /// The country's host: `auth.mercadolibre.com.ar`, `auth.mercadolivre.com.br`.
    #[param(default = "auth.mercadolibre.com")]
    host: Host,
}
