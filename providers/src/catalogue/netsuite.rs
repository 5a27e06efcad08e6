//! NetSuite: records of a company's account.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with an account of NetSuite.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
/// Who the user is takes a script of the account, which is an API call.
/// The hosts of a sandbox have a `-` where its account has a `_`: `1234567-sb1`.
#[oauth_provider(
    slug = "netsuite",
    service_documentation =
        "https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_157771733782.html",
    setup(
        "Switch on OAuth 2.0 under Setup, Company, Enable Features, SuiteCloud.",
        "Open Setup, Integration, Manage Integrations, New, and tick Authorization Code Grant.",
        "Enter the redirect URI in Redirect URI, and tick the scope REST Web Services.",
        "Copy the client ID and the client secret, which are shown once.",
    ),
    authorization_endpoint = "https://{app_host}/app/login/oauth2/authorize.nl",
    token_endpoint = "https://{api_host}/services/rest/auth/oauth2/v1/token",
    api_base = "https://{api_host}/services/rest/record/v1/",
    scopes(
        /// Use the REST web services.
        RestWebservices = "rest_webservices",
        /// Call the account's RESTlets.
        Restlets = "restlets",
    ),
    default_scopes(RestWebservices),
    authorization_params(prompt = "consent"),
    offline(always),
)]
pub struct NetSuite {
    /// The account's host of pages: `1234567.app.netsuite.com`.
    app_host: Host,
    /// The account's host of the API: `1234567.suitetalk.api.netsuite.com`.
    api_host: Host,
}
