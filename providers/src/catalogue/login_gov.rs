//! Login.gov: people at agencies of the United States.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Login.gov.
///
/// Tokens: access tokens expire; there are no refresh tokens.
/// There is no client secret: a key of the client signs an assertion, with RS256.
/// The sandbox is another host, `idp.int.identitysandbox.gov`.
/// Believed, not read: there are no refresh tokens.
#[oauth_provider(
    name = "Login.gov",
    service_documentation = "https://developers.login.gov/oidc/getting-started/",
    setup(
        "Create a team and an app in the sandbox of the Partner Portal.",
        "Choose OpenID Connect with private_key_jwt, and upload the key's public certificate.",
        "Enter the redirect URI under Redirect URIs.",
        "Copy the Issuer, which is the client ID.",
    ),
    issuer = "https://{host}/",
    authorization_endpoint = "https://{host}/openid_connect/authorize",
    token_endpoint = "https://{host}/api/openid_connect/token",
    userinfo_endpoint = "https://{host}/api/openid_connect/userinfo",
    jwks_uri = "https://{host}/api/openid_connect/certs",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read all of the user's e-mail addresses.
        AllEmails = "all_emails",
    ),
    default_scopes(OpenId, Email),
    token_endpoint_auth_method = private_key_jwt,
    authorization_params(acr_values = "http://idmanagement.gov/ns/assurance/loa/1"),
    offline(never),
    profile(subject = "/sub", email = "/email", email_verified = "/email_verified"),
)]
pub struct LoginGov {
    /// The host of the production or of the sandbox.
    #[param(default = "secure.login.gov")]
    host: Host,
}
