//! Etsy: shops, their listings and orders.

use oauth_runtime::oauth_provider;

/// Signs in with Etsy.
///
/// Tokens: an access token lives for an hour; refresh tokens come with every login, and live for 90 days.
/// Who the user is stands before the first dot of the access token: there is no profile. API calls carry the client ID
/// in the header `x-api-key`.
/// Departs from RFC 6749: the client has no secret.
#[oauth_provider(
    console = "https://www.etsy.com/developers/your-apps",
    service_documentation = "https://developers.etsy.com/documentation/essentials/authentication/",
    setup(
        "Create an app, which Etsy reviews.",
        "Add the redirect URI under Callback URLs.",
        "Copy Keystring, which is the client ID.",
    ),
    authorization_endpoint = "https://www.etsy.com/oauth/connect",
    token_endpoint = "https://api.etsy.com/v3/public/oauth/token",
    api_base = "https://openapi.etsy.com/v3/",
    scopes(
        /// Read the user's e-mail address.
        EmailRead = "email_r",
        /// Read the user's profile.
        ProfileRead = "profile_r",
        /// Read the user's shops.
        ShopsRead = "shops_r",
        /// Change the user's shops.
        ShopsWrite = "shops_w",
        /// Read listings, those that are not public included.
        ListingsRead = "listings_r",
        /// Create and change listings.
        ListingsWrite = "listings_w",
        /// Read orders and payments.
        TransactionsRead = "transactions_r",
    ),
    default_scopes(EmailRead),
    pkce = required,
    token_endpoint_auth_method = none,
    offline(always),
    headers("x-api-key" = client_id),
)]
pub struct Etsy;
