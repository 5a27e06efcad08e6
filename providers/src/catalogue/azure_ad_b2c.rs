//! Azure AD B2C: the customers of an organisation, in a directory of their own.

use oauth_runtime::{Host, Segment, oauth_provider};

/// Signs in with a user flow of Azure AD B2C.
///
/// Tokens: an access token lives for an hour, unless the user flow says otherwise; there is a refresh token with the
/// scope `offline_access`, which `.offline_access(true)` asks for.
/// An access token comes only where a login also asks for a scope of an API, or for the client's own identifier.
/// The profile is in the ID token, with the claims that the user flow returns. There is no revocation.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: the answer has no `access_token` where no scope of an API is asked for.
/// Believed, not read: the issuer has the form without `tfp`, and `offline_access` asks for a refresh token.
#[oauth_provider(
    name = "Azure AD B2C",
    console = "https://portal.azure.com/",
    service_documentation =
        "https://learn.microsoft.com/azure/active-directory-b2c/authorization-code-flow",
    setup(
        "In the directory of Azure AD B2C, open App registrations and click New registration.",
        "Under Redirect URI, select Web and enter the redirect URI.",
        "Copy the Application (client) ID, and create a secret under Certificates & secrets.",
        "In the user flow, leave the issuer claim as it is and select the application claims.",
    ),
    issuer = "https://{host}/{tenant}/v2.0/",
    authorization_endpoint = "https://{host}/{tenant}/{policy}/oauth2/v2.0/authorize",
    token_endpoint = "https://{host}/{tenant}/{policy}/oauth2/v2.0/token",
    jwks_uri = "https://{host}/{tenant}/{policy}/discovery/v2.0/keys",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(OpenId),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
    profile(subject = "/sub", name = "/name", email = "/emails/0"),
)]
pub struct AzureAdB2c {
    /// The directory's own host: `company.b2clogin.com`, or a custom domain.
    host: Host,
    /// The identifier of the directory, as a UUID.
    tenant: Segment,
    /// The user flow or the custom policy: `B2C_1_signin`.
    policy: Segment,
}
