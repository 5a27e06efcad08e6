//! Mercado Pago: payments to sellers of Latin America.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Mercado Pago.
///
/// Tokens: an access token lives for 180 days; a refresh token comes with the scope `offline_access`.
/// The seller is in `token_response.user_id` too. An e-mail address is never taken for verified.
/// Believed, not read: an access token lives for 180 days; `user_id` is always there.
#[oauth_provider(
    name = "Mercado Pago",
    console = "https://www.mercadopago.com/developers/panel/app",
    service_documentation =
        "https://www.mercadopago.cl/developers/en/docs/security/oauth/introduction",
    setup(
        "Create an application under Your integrations.",
        "Enter the redirect URI among the Redirect URLs of the application.",
        "Copy Client ID and Client Secret from the production credentials.",
    ),
    authorization_endpoint = "https://{host}/authorization",
    token_endpoint = "https://api.mercadopago.com/oauth/token",
    userinfo_endpoint = "https://api.mercadopago.com/users/me",
    api_base = "https://api.mercadopago.com/",
    scopes(
        /// Read the seller's data.
        Read = "read",
        /// Change the seller's data, and take payments.
        Write = "write",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(Read),
    token_endpoint_auth_method = client_secret_post,
    authorization_params(platform_id = "mp"),
    offline(scope = OfflineAccess),
    token_response {
        /// The seller.
        user_id: u64,
    },
    profile(subject = "/id", name = "/nickname", email = "/email"),
)]
pub struct MercadoPago {
    /// The country's host: `auth.mercadopago.com.ar`, `auth.mercadopago.cl`.
    #[param(default = "auth.mercadopago.com")]
    host: Host,
}
