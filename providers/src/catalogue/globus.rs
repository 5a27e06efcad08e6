//! Globus: accounts of researchers, by their institution.

use oauth_runtime::oauth_provider;

/// Signs in with Globus.
///
/// Tokens: an access token lives for two days; a refresh token comes on demand, which `.offline_access(true)` makes.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: one answer may carry the tokens of further services, in `other_tokens`.
/// Believed, not read: the parameter `access_type` brings a refresh token; further tokens are in `other_tokens`.
#[oauth_provider(
    console = "https://app.globus.org/settings/developers",
    service_documentation = "https://docs.globus.org/api/auth/developer-guide/",
    setup(
        "Register a portal, science gateway, or other application that you host.",
        "Enter the redirect URI in Redirects.",
        "Copy the client UUID, and add a client secret and copy it.",
    ),
    issuer = "https://auth.globus.org",
    authorization_endpoint = "https://auth.globus.org/v2/oauth2/authorize",
    token_endpoint = "https://auth.globus.org/v2/oauth2/token",
    revocation_endpoint = "https://auth.globus.org/v2/oauth2/token/revoke",
    userinfo_endpoint = "https://auth.globus.org/v2/oauth2/userinfo",
    jwks_uri = "https://auth.globus.org/jwk.json",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Transfer and share the user's data.
        TransferAll = "urn:globus:auth:scope:transfer.api.globus.org:all",
    ),
    default_scopes(OpenId, Profile, Email),
    offline(params(access_type = "offline")),
    profile(subject = "/sub", name = "/name", email = "/email"),
)]
pub struct Globus;
