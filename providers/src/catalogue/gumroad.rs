//! Gumroad: products and sales of creators.

use oauth_runtime::oauth_provider;

/// Signs in with Gumroad.
///
/// Tokens: an access token does not expire, although a refresh token comes with it.
/// E-mail addresses are never taken for verified.
#[oauth_provider(
    console = "https://gumroad.com/settings/advanced",
    service_documentation = "https://gumroad.com/api",
    setup(
        "Open Advanced in the settings, and create an application under Applications.",
        "Enter the redirect URI in Redirect URI.",
        "Copy Application ID, which is the client ID, and Application Secret.",
    ),
    authorization_endpoint = "https://gumroad.com/oauth/authorize",
    token_endpoint = "https://api.gumroad.com/oauth/token",
    userinfo_endpoint = "https://api.gumroad.com/v2/user",
    api_base = "https://api.gumroad.com/v2/",
    scopes(
        /// Read the user's profile.
        ViewProfile = "view_profile",
        /// Read the user's sales.
        ViewSales = "view_sales",
        /// Read and write the user's products.
        EditProducts = "edit_products",
        /// Refund sales, and send receipts again.
        EditSales = "edit_sales",
        /// Mark sales as shipped.
        MarkSalesAsShipped = "mark_sales_as_shipped",
        /// Read the user's payouts.
        ViewPayouts = "view_payouts",
    ),
    default_scopes(ViewSales),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/user/user_id", name = "/user/name", email = "/user/email"),
)]
pub struct Gumroad;
