//! QuickBooks: the books of companies at Intuit.

use oauth_runtime::oauth_provider;

/// Signs in with QuickBooks.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login, lives for a hundred days, and
/// changes about once a day: the newest one counts.
/// The company is the parameter `realmId` of the callback, which is kept with the tokens.
/// The profile needs the scopes `openid`, `profile` and `email` besides, which are not declared here.
/// Departs from RFC 7009: a revocation carries JSON, and is not declared here.
/// Believed, not read: how a token is revoked.
#[oauth_provider(
    slug = "quickbooks",
    console = "https://developer.intuit.com/app/developer/dashboard",
    service_documentation = "https://developer.intuit.com/app/developer/qbo/docs/develop",
    setup(
        "Create an app for QuickBooks Online and Payments, with the scope for accounting.",
        "Enter the redirect URI under Redirect URIs, for development or for production.",
        "Copy the client ID and the client secret under Keys and credentials.",
    ),
    authorization_endpoint = "https://appcenter.intuit.com/connect/oauth2",
    token_endpoint = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
    userinfo_endpoint = "https://accounts.platform.intuit.com/v1/openid_connect/userinfo",
    api_base = "https://quickbooks.api.intuit.com/",
    scopes(
        /// Read and write the company's books.
        Accounting = "com.intuit.quickbooks.accounting",
        /// Take payments for the company.
        Payment = "com.intuit.quickbooks.payment",
    ),
    default_scopes(Accounting),
    pkce = unsupported,
    offline(always),
    token_response {
        /// How long the refresh token lives, in seconds.
        x_refresh_token_expires_in: u64,
    },
    profile(
        subject = "/sub",
        name = "/givenName",
        email = "/email",
        email_verified = "/emailVerified",
    ),
    dialect(callback_params("realmId")),
)]
pub struct QuickBooks;
