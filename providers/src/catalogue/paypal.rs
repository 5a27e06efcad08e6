//! PayPal: accounts of buyers and of shops.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with PayPal.
///
/// Tokens: access tokens expire; a refresh token comes with every login.
/// Which data a login yields is chosen in the dashboard, and users allow it on the consent page.
/// E-mail addresses are never taken for verified.
/// Departs from OpenID Connect: an ID token is not looked at, since no issuer of it is known; the userinfo endpoint says who the
/// user is.
#[oauth_provider(
    slug = "paypal",
    console = "https://developer.paypal.com/dashboard/applications",
    service_documentation = "https://developer.paypal.com/docs/log-in-with-paypal/",
    setup(
        "Create an app, and tick Log in with PayPal in it.",
        "Enter the redirect URI as the return URL, in the advanced settings of Log in with PayPal.",
        "Choose the data that you need, and enter the links to your privacy policy and terms.",
        "Copy the client ID and the secret.",
    ),
    authorization_endpoint = "https://{site}/signin/authorize",
    token_endpoint = "https://{api}/v1/oauth2/token",
    userinfo_endpoint = "https://{api}/v1/identity/oauth2/userinfo?schema=paypalv1.1",
    api_base = "https://{api}/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's postal address.
        Address = "address",
        /// Read whether the account is verified, and its payer ID.
        PayPalAttributes = "https://uri.paypal.com/services/paypalattributes",
    ),
    default_scopes(OpenId, Email, Profile),
    offline(always),
    profile(subject = "/user_id", name = "/name", email = "/emails/0/value"),
    dialect(missing_id_token),
)]
pub struct PayPal {
    /// Where people sign in: `www.paypal.com`, or `www.sandbox.paypal.com` to try things out.
    #[param(default = "www.paypal.com")]
    site: Host,
    /// Where the API is: `api-m.paypal.com`, or `api-m.sandbox.paypal.com` to try things out.
    #[param(default = "api-m.paypal.com")]
    api: Host,
}
