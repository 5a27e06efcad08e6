//! Square: sellers, their payments, orders and catalogues.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Square.
///
/// Tokens: an access token lives for thirty days, of which the library is not told; a refresh token comes with
/// every login.
/// The seller is in `token_response.merchant_id`.
/// Departs from RFC 6749: the lifetime is a date in `expires_at`, which is not read, so that a token is refreshed when
/// the API refuses it.
/// Departs from RFC 7009: a revocation carries the secret in `Authorization: Client`; it is not declared.
/// Believed, not read: `expires_at`, and how a token is revoked.
#[oauth_provider(
    console = "https://developer.squareup.com/apps",
    service_documentation = "https://developer.squareup.com/docs/oauth-api/overview",
    setup(
        "Create an application, or open it, and go to OAuth.",
        "Set the redirect URL of Sandbox or Production to the redirect URI.",
        "Copy Application ID and Application secret.",
    ),
    authorization_endpoint = "https://{host}/oauth2/authorize",
    token_endpoint = "https://{host}/oauth2/token",
    api_base = "https://{host}/",
    scopes(
        /// Read the seller's business and locations.
        MerchantProfileRead = "MERCHANT_PROFILE_READ",
        /// Read payments and refunds.
        PaymentsRead = "PAYMENTS_READ",
        /// Take and refund payments.
        PaymentsWrite = "PAYMENTS_WRITE",
        /// Read orders.
        OrdersRead = "ORDERS_READ",
        /// Create and change orders.
        OrdersWrite = "ORDERS_WRITE",
        /// Read customers.
        CustomersRead = "CUSTOMERS_READ",
        /// Read the catalogue.
        ItemsRead = "ITEMS_READ",
    ),
    token_endpoint_auth_method = client_secret_post,
    authorization_params(session = "false"),
    offline(always),
    token_response {
        /// The seller.
        merchant_id: Option<String>,
    },
)]
pub struct Square {
    /// The host: in the sandbox `connect.squareupsandbox.com`.
    #[param(default = "connect.squareup.com")]
    host: Host,
}
