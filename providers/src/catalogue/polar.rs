//! Polar: products, orders and customers of software businesses.

use oauth_runtime::oauth_provider;

/// Signs in with Polar.
///
/// Tokens: access tokens expire; a refresh token comes with every login, and rotates.
/// A token may belong to an organisation that the user picked: then the profile is the organisation's, without an
/// e-mail address. The parameter `sub_type` of the authorization request asks for `user` or for `organization`.
#[oauth_provider(
    service_documentation = "https://polar.sh/docs/integrate/oauth2/introduction",
    setup(
        "Create an OAuth client in the settings of your account.",
        "Enter the redirect URI under Redirect URIs, and tick the scopes.",
        "Copy the client ID and the client secret, which is shown once.",
    ),
    issuer = "https://polar.sh",
    authorization_endpoint = "https://polar.sh/oauth2/authorize",
    token_endpoint = "https://api.polar.sh/v1/oauth2/token",
    revocation_endpoint = "https://api.polar.sh/v1/oauth2/revoke",
    userinfo_endpoint = "https://api.polar.sh/v1/oauth2/userinfo",
    api_base = "https://api.polar.sh/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read products.
        ProductsRead = "products:read",
        /// Read orders.
        OrdersRead = "orders:read",
        /// Read subscriptions.
        SubscriptionsRead = "subscriptions:read",
        /// Read customers.
        CustomersRead = "customers:read",
    ),
    default_scopes(OpenId, Profile, Email),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
    ),
)]
pub struct Polar;
