//! SuperOffice: employees of companies that keep their customers there.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with SuperOffice CRM Online.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
/// The company is in the claim `http://schemes.superoffice.net/identity/ctx` of the ID token, the address of its API in
/// `http://schemes.superoffice.net/identity/webapi_url`. The subject is the user's name at login.
/// E-mail addresses are never taken for verified.
/// Departs from OpenID Connect Discovery: the metadata are not at the issuer, so that all that is needed is declared.
/// Believed, not read: the refresh.
#[oauth_provider(
    slug = "superoffice",
    console = "https://dev.superoffice.com/",
    service_documentation = "https://docs.superoffice.com/",
    setup(
        "Register an application in the Developer Portal, first for the environment SOD.",
        "Enter the redirect URI.",
        "Copy the client ID and the client secret.",
    ),
    issuer = "https://{host}",
    authorization_endpoint = "https://{host}/login/common/oauth/authorize",
    token_endpoint = "https://{host}/login/common/oauth/tokens",
    jwks_uri = "https://{host}/login/.well-known/jwks",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
    ),
    default_scopes(OpenId),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/sub", email = "/http:~1~1schemes.superoffice.net~1identity~1email"),
)]
pub struct SuperOffice {
    /// The host: for development `sod.superoffice.com`, for tests `qaonline.superoffice.com`.
    #[param(default = "online.superoffice.com")]
    host: Host,
}
