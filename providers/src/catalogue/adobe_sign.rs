//! Adobe Acrobat Sign: agreements and their signatures.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Adobe Acrobat Sign.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login and has an endpoint of its own.
/// The callback names the user's hosts, as `api_access_point` and `web_access_point`: `on_login` is handed both.
/// Departs from RFC 6749: a code is redeemed at the host that the callback names, which is given here as `api_host`.
/// Departs from RFC 6750: an access token travels alone in the header `Access-Token`.
/// Believed, not read: a code must be redeemed at the host that the callback names.
#[oauth_provider(
    name = "Adobe Acrobat Sign",
    console = "https://secure.adobesign.com/public/login",
    service_documentation =
        "https://developer.adobe.com/acrobat-sign/docs/overview/developer_guide/oauth",
    setup(
        "Open Account, Acrobat Sign API, API Applications, and create an application.",
        "Choose Configure OAuth for Application, enter the redirect URI and enable the scopes.",
        "Copy the Application ID and the Client Secret.",
    ),
    authorization_endpoint = "https://{account_host}/public/oauth",
    token_endpoint = "https://{api_host}/oauth/token",
    revocation_endpoint = "https://{api_host}/oauth/revoke",
    scopes(
        /// Act as the user who signs in.
        UserLogin = "user_login:self",
        /// Read the user's own entry.
        UserRead = "user_read:self",
        /// Read the user's agreements.
        AgreementRead = "agreement_read:self",
        /// Create and change the user's agreements.
        AgreementWrite = "agreement_write:self",
        /// Send agreements on behalf of the user.
        AgreementSend = "agreement_send:self",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    dialect(
        callback_once("api_access_point", "web_access_point"),
        refresh_endpoint = "https://{api_host}/oauth/refresh",
        access_token_header = "Access-Token",
    ),
)]
pub struct AdobeSign {
    /// The host of the account's pages: `secure.na1.adobesign.com`.
    #[param(default = "secure.echosign.com")]
    account_host: Host,
    /// The host of `api_access_point`: `api.na1.adobesign.com`.
    #[param(default = "secure.echosign.com")]
    api_host: Host,
}
