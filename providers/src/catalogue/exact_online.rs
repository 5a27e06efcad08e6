//! Exact Online: companies and their books.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Exact Online.
///
/// Tokens: an access token lives for ten minutes; refresh tokens come with every login.
/// The company that the user works in is `CurrentDivision` of the answer of the userinfo endpoint. E-mail addresses are
/// never taken for verified.
/// Departs from RFC 6749: a refresh is refused before the access token's last 30 seconds, so that it is made at the expiry.
/// Believed, not read: `expires_in` is a text, which is read all the same.
#[oauth_provider(
    name = "Exact Online",
    console = "https://apps.exactonline.com/",
    service_documentation = "https://support.exactonline.com/community/s/knowledge-base",
    setup(
        "Choose the country, and register an app under Manage my apps.",
        "Enter the redirect URI under Redirect URI.",
        "Copy Client ID and Client secret.",
    ),
    authorization_endpoint = "https://{host}/api/oauth2/auth",
    token_endpoint = "https://{host}/api/oauth2/token",
    userinfo_endpoint = "https://{host}/api/v1/current/Me",
    api_base = "https://{host}/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/d/results/0/UserID",
        name = "/d/results/0/FullName",
        email = "/d/results/0/Email",
    ),
    dialect(refresh_when_expired),
)]
pub struct ExactOnline {
    /// The host of the country: `start.exactonline.be`, `start.exactonline.de`, `start.exactonline.co.uk`.
    #[param(default = "start.exactonline.nl")]
    host: Host,
}
