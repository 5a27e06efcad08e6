//! Microsoft: accounts of organisations in Entra ID, and of people.

use oauth_runtime::{Segment, oauth_provider};

/// Signs in with Microsoft.
///
/// Tokens: access tokens expire; a refresh token comes with the scope `offline_access`. A refresh repeats the scopes.
/// An e-mail address is never taken for verified. There is no revocation.
/// Departs from OpenID Connect Discovery: the issuer of an ID token is that of the user's own tenant.
#[oauth_provider(
    console = "https://entra.microsoft.com/",
    service_documentation =
        "https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow",
    setup(
        "Open App registrations, and register an application; choose who may use it.",
        "Enter the redirect URI under Redirect URI, with the platform Web.",
        "Copy Application (client) ID.",
        "Add a client secret under Certificates & secrets, and copy its value.",
    ),
    issuer = "https://login.microsoftonline.com/{tenant}/v2.0",
    authorization_endpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
    token_endpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
    userinfo_endpoint = "https://graph.microsoft.com/oidc/userinfo",
    jwks_uri = "https://login.microsoftonline.com/{tenant}/discovery/v2.0/keys",
    api_base = "https://graph.microsoft.com/v1.0/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's own entry in Microsoft Graph.
        UserRead = "User.Read",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(OpenId, Profile, Email, UserRead),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
    profile(subject = "/sub", name = "/name", email = "/email"),
    dialect(
        tenant_issuer(
            template = "https://login.microsoftonline.com/{tenantid}/v2.0",
            claim = "tid",
        ),
        refresh_params(scope = scope),
    ),
)]
pub struct Microsoft {
    /// Who may sign in: the identifier of a directory, `common`, `organizations` or `consumers`.
    tenant: Segment,
}
