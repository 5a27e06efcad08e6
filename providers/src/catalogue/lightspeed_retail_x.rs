//! Lightspeed Retail X-Series: products, sales and customers of shops, once called Vend.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a shop of Lightspeed Retail X-Series.
///
/// Tokens: access tokens expire; refresh tokens come with every login, and a refresh replaces them.
/// The shop is in the callback's `domain_prefix`, which is kept with the tokens.
/// Departs from RFC 6749: the token endpoint is on the shop's own host, which the application names before the login.
#[oauth_provider(
    name = "Lightspeed Retail X-Series",
    console = "https://developers.retail.lightspeed.app/applications",
    service_documentation = "https://x-series-api.lightspeedhq.com/docs/authorization",
    setup(
        "Sign in as a developer, and add an application.",
        "Enter the redirect URI.",
        "Copy the client ID and the client secret.",
        "Ask for approval before more than 30 shops are connected.",
    ),
    authorization_endpoint = "https://secure.vendhq.com/connect",
    token_endpoint = "https://{domain}/api/1.0/token",
    scopes(
        /// Read products.
        ProductsRead = "products:read",
        /// Read sales.
        SalesRead = "sales:read",
        /// Read customers.
        CustomersRead = "customers:read",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    dialect(callback_params("domain_prefix")),
)]
pub struct LightspeedRetailX {
    /// The shop's own host: `shop.vendhq.com` or `shop.retail.lightspeed.app`.
    domain: Host,
}
