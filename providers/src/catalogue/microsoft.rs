//! Microsoft: accounts of organisations in Entra ID, and of people.
//!
//! Register: <https://entra.microsoft.com>. Reference:
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow>.
//! Refresh tokens: with the scope `offline_access`, which `.offline_access(true)` asks for; a refresh repeats the scopes.
//! An e-mail address is never taken for verified. There is no revocation.
//! Departs from OpenID Connect Discovery: the issuer of an ID token is that of the user's own tenant.

use oauth_runtime::{Segment, oauth_provider};

/// Signs in with Microsoft.
#[oauth_provider(
    issuer = "https://login.microsoftonline.com/{tenant}/v2.0",
    userinfo_endpoint = "https://graph.microsoft.com/oidc/userinfo",
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
