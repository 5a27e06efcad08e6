//! Shopify: the shops of merchants.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a shop of Shopify.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login and rotates. They are those of the
/// shop; tokens of a member of its staff are not asked for.
/// The callback's `hmac` is not compared; the state is. The path of an API call begins with a version of the API.
/// Departs from RFC 6749: scopes are separated by commas; the answer has no `token_type`; a token that
/// expires is asked for with `expiring`.
/// Departs from RFC 6750: the access token stands alone in a header of its own.
#[oauth_provider(
    console = "https://dev.shopify.com/dashboard",
    service_documentation = "https://shopify.dev/docs/apps/build/authentication-authorization",
    setup(
        "Create an app in the Dev Dashboard.",
        "Add the redirect URI to the app's Redirect URLs.",
        "Select the access scopes that the application asks for.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://{domain}/admin/oauth/authorize",
    token_endpoint = "https://{domain}/admin/oauth/access_token",
    api_base = "https://{domain}/admin/api/",
    scopes(
        /// Read products, variants and collections.
        ReadProducts = "read_products",
        /// Change products, variants and collections.
        WriteProducts = "write_products",
        /// Read the orders of the last sixty days.
        ReadOrders = "read_orders",
        /// Change orders.
        WriteOrders = "write_orders",
        /// Read customers.
        ReadCustomers = "read_customers",
        /// Read stock.
        ReadInventory = "read_inventory",
    ),
    default_scopes(ReadProducts),
    scope_separator = ",",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    token_params(expiring = "1"),
    offline(always),
    dialect(
        callback_once("shop", "host"),
        missing_token_type,
        access_token_header = "X-Shopify-Access-Token",
    ),
)]
pub struct Shopify {
    /// The shop's own host: `company.myshopify.com`.
    domain: Host,
}
