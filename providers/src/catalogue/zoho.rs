//! Zoho: accounts of people, with CRM, Books and other applications.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a data centre of Zoho.
///
/// Tokens: an access token lives for an hour; a refresh token comes on demand, with a new consent each time.
/// A code is redeemed at the data centre of the user, which the application chooses beforehand; the callback names it,
/// as `location` and `accounts-server`.
/// API calls go to `token_response.api_domain`, which is that of the data centre.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: scopes are separated by commas; a refused exchange answers 200 with an error body. Departs
/// from RFC 6750: the word before the access token is `Zoho-oauthtoken`.
/// Believed, not read: a refused exchange answers 200; the word before the access token is `Zoho-oauthtoken`.
#[oauth_provider(
    console = "https://api-console.zoho.com/",
    service_documentation =
        "https://www.zoho.com/accounts/protocol/oauth/web-server-applications.html",
    setup(
        "Click Add Client, and choose Server-based Applications.",
        "Enter the redirect URI under Authorized Redirect URIs.",
        "Copy the Client ID and the Client Secret.",
        "Switch on further data centres in the settings of the client, if users are there.",
    ),
    authorization_endpoint = "https://{accounts}/oauth/v2/auth",
    token_endpoint = "https://{accounts}/oauth/v2/token",
    revocation_endpoint = "https://{accounts}/oauth/v2/token/revoke",
    userinfo_endpoint = "https://{accounts}/oauth/user/info",
    api_base = "https://{api}/",
    scopes(
        /// Read the user's name and e-mail address.
        ProfileRead = "AaaServer.profile.READ",
        /// Read and write the records of CRM.
        CrmModules = "ZohoCRM.modules.ALL",
        /// Read the settings of CRM.
        CrmSettingsRead = "ZohoCRM.settings.READ",
        /// Read and write everything in Books.
        Books = "ZohoBooks.fullaccess.all",
    ),
    default_scopes(ProfileRead),
    scope_separator = ",",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(params(access_type = "offline", prompt = "consent")),
    token_response {
        /// Where API calls for this user go.
        api_domain: Option<String>,
    },
    profile(subject = "/ZUID", name = "/Display_Name", email = "/Email"),
    dialect(callback_once("location", "accounts-server"), bearer_scheme = "Zoho-oauthtoken"),
)]
pub struct Zoho {
    /// The accounts server of the data centre: `accounts.zoho.eu`.
    #[param(default = "accounts.zoho.com")]
    accounts: Host,
    /// The host of the API in the same data centre: `www.zohoapis.eu`.
    #[param(default = "www.zohoapis.com")]
    api: Host,
}
