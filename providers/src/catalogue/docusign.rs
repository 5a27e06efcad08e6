//! DocuSign: accounts that send documents to be signed.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with DocuSign.
///
/// Tokens: an access token lives for eight hours, a refresh token for 30 days; with the scope `extended`, a refresh
/// brings one that lives for 30 days again.
/// The host and the identifier for API calls are `accounts[].base_uri` and `accounts[].account_id` of the answer of the
/// userinfo endpoint. E-mail addresses are never taken for verified.
#[oauth_provider(
    slug = "docusign",
    console = "https://admindemo.docusign.com/apps-and-keys",
    service_documentation = "https://developers.docusign.com/platform/auth/authcode/",
    setup(
        "Add an app and integration key under Apps and Keys of a developer account.",
        "Add the redirect URI under Redirect URIs.",
        "Copy Integration Key, which is the client ID, and add a secret key and copy it.",
        "Have the app reviewed, so that it may be used with accounts in production.",
    ),
    authorization_endpoint = "https://{host}/oauth/auth",
    token_endpoint = "https://{host}/oauth/token",
    userinfo_endpoint = "https://{host}/oauth/userinfo",
    api_base = "https://www.docusign.net/",
    scopes(
        /// Create and send envelopes, and read their state.
        Signature = "signature",
        /// Stay connected for longer than 30 days.
        Extended = "extended",
    ),
    default_scopes(Signature),
    offline(scope = Extended),
    profile(subject = "/sub", name = "/name", email = "/email"),
)]
pub struct DocuSign {
    /// Where people log in: `account-d.docusign.com` for developer accounts.
    #[param(default = "account.docusign.com")]
    host: Host,
}
