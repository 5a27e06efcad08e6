//! amoCRM: contacts and leads of a company, which is Kommo outside of Russia.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with an account of amoCRM or Kommo.
///
/// Tokens: an access token lives for a day; a refresh token comes with every login, and each refresh brings a new one.
/// The callback names the account's host as `referer`, which `on_login` is handed: let it be the `domain` given here.
/// Departs from RFC 6749: token requests are JSON; a code is redeemed at the host of the account.
/// Believed, not read: token requests are JSON, and there is a refresh token with every login.
#[oauth_provider(
    name = "amoCRM",
    slug = "amocrm",
    console = "https://www.amocrm.ru/developers/",
    service_documentation = "https://www.amocrm.ru/developers/content/oauth/step-by-step",
    setup(
        "Create an integration in the account's settings, and enter the redirect URI.",
        "Select what the integration may use.",
        "Copy the identifier of the integration and its secret key.",
    ),
    authorization_endpoint = "https://{login_host}/oauth",
    token_endpoint = "https://{domain}/oauth2/access_token",
    userinfo_endpoint = "https://{domain}/api/v4/account",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/current_user_id"),
    dialect(callback_once("referer"), token_request = json),
)]
pub struct AmoCrm {
    /// The account's own host: `company.amocrm.ru` or `company.kommo.com`.
    domain: Host,
    /// Where people log in: `www.kommo.com` for Kommo.
    #[param(default = "www.amocrm.ru")]
    login_host: Host,
}
