//! Providers that the tests declare for themselves.

use oauth_providers::oauth_provider;

/// A company's own server, with everything that a declaration can say about a plain OAuth provider.
#[oauth_provider(
    authorization_endpoint = "https://acme.example/oauth/authorize",
    token_endpoint = "https://acme.example/oauth/token",
    revocation_endpoint = "https://acme.example/oauth/revoke",
    userinfo_endpoint = "https://api.acme.example/v1/me",
    api_base = "https://api.acme.example/v1/",
    api_origins("https://files.acme.example"),
    scopes(
        /// Read the user's own profile.
        ReadProfile = "read:profile",
        /// Create and change invoices.
        Invoices = "invoices:write",
    ),
    default_scopes(ReadProfile),
    authorization_params(audience = "https://api.acme.example/"),
    offline(always),
    headers("x-acme-version" = "7"),
    token_response {
        /// The company that the user chose on the consent page.
        company_id: u64,
    },
    profile(subject = "/id", email = "/mail", email_verified = never),
)]
pub(crate) struct Acme;

/// The least that can be declared.
#[oauth_provider(
    authorization_endpoint = "https://plain.example/authorize",
    token_endpoint = "https://plain.example/token"
)]
pub(crate) struct Plain;

/// A server at which the client has no secret.
#[oauth_provider(
    authorization_endpoint = "https://public.example/authorize",
    token_endpoint = "https://public.example/token",
    token_endpoint_auth_method = none,
)]
pub(crate) struct Public;

/// A server that is named by the application.
#[oauth_provider(
    issuer = "https://{domain}/{tenant}",
    authorization_endpoint = "https://{domain}/{tenant}/authorize",
    token_endpoint = "https://{domain}/{tenant}/token",
    userinfo_endpoint = "https://{domain}/{tenant}/userinfo",
    jwks_uri = "https://{domain}/{tenant}/keys",
    api_base = "https://{domain}/{tenant}/api",
    scopes(OpenId = "openid"),
    default_scopes(OpenId),
    pkce = required,
    profile(subject = "/sub"),
)]
pub(crate) struct Tenants {
    /// The server's host.
    domain: oauth_providers::Host,
    /// The customer.
    tenant: oauth_providers::Segment,
}
