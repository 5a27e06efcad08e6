//! Mollie: payments to organisations.

use oauth_runtime::oauth_provider;

/// Signs in with an organisation of Mollie.
///
/// Tokens: an access token lives for an hour; refresh tokens come with every login.
/// Who signs in is an organisation: its address is never taken for verified.
/// Departs from RFC 7009: a token is revoked by a `DELETE` of the token endpoint, which is not declared.
/// Believed, not read: an access token lives for an hour; a revocation is a `DELETE`.
#[oauth_provider(
    console = "https://my.mollie.com/dashboard/",
    service_documentation = "https://docs.mollie.com/docs/authentication-via-oauth",
    setup(
        "Open Developers, Your apps, and create an application.",
        "Enter the redirect URI in Redirect URI.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://my.mollie.com/oauth2/authorize",
    token_endpoint = "https://api.mollie.com/oauth2/tokens",
    userinfo_endpoint = "https://api.mollie.com/v2/organizations/me",
    api_base = "https://api.mollie.com/v2/",
    scopes(
        /// Read the organisation's name and address.
        OrganizationsRead = "organizations.read",
        /// Read the organisation's website profiles.
        ProfilesRead = "profiles.read",
        /// Read payments.
        PaymentsRead = "payments.read",
        /// Create and change payments.
        PaymentsWrite = "payments.write",
    ),
    default_scopes(OrganizationsRead),
    pkce = unsupported,
    offline(always),
    profile(subject = "/id", name = "/name", email = "/email"),
)]
pub struct Mollie;
