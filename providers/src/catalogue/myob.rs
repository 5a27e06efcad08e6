//! MYOB: books of businesses in Australia and New Zealand.

use oauth_runtime::oauth_provider;

/// Signs in with MYOB.
///
/// Tokens: an access token lives for twenty minutes; refresh tokens come with every login.
/// There are no default scopes, since older keys know others: every login names its own.
/// With newer keys the callback carries `businessId` and `businessName`, which are handed to `on_login`.
/// Believed, not read: an access token lives for twenty minutes.
#[oauth_provider(
    name = "MYOB",
    console = "https://my.myob.com.au/",
    service_documentation =
        "https://developer.myob.com/api/accountright/api-overview/authentication",
    setup(
        "Join the developer program, open Developer in my.MYOB, and choose Register App.",
        "Enter the redirect URI in Redirect Url.",
        "Copy the API key, which is the client ID, and the API secret.",
    ),
    authorization_endpoint = "https://secure.myob.com/oauth2/account/authorize",
    token_endpoint = "https://secure.myob.com/oauth2/v1/authorize",
    api_base = "https://api.myob.com/accountright/",
    scopes(
        /// Read and change company files, with a key made before March 2025.
        LegacyCompanyFile = "CompanyFile",
        /// Use a company file, with a newer key.
        CompanyFile = "sme-company-file",
        /// Read and change customers.
        Customer = "sme-customer",
        /// Read and change invoices.
        Invoice = "sme-invoice",
    ),
    token_endpoint_auth_method = client_secret_post,
    authorization_params(prompt = "consent"),
    offline(always),
    headers("x-myobapi-key" = client_id),
    dialect(callback_once("businessId", "businessName")),
)]
pub struct Myob;
