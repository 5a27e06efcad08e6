//! CILogon: researchers, by the accounts of their universities and institutes.

use oauth_runtime::oauth_provider;

/// Signs in with CILogon.
///
/// Tokens: nothing is known of how long an access token lives; there are no refresh tokens.
/// A scope that the client did not register is not granted, and a claim that the institute does not give is left out.
/// E-mail addresses are never taken for verified.
/// Believed, not read: there are no refresh tokens.
#[oauth_provider(
    name = "CILogon",
    slug = "cilogon",
    console = "https://cilogon.org/oauth2/register",
    service_documentation = "https://www.cilogon.org/oidc",
    setup(
        "Register a client, and enter the redirect URI under Callback URLs.",
        "Select the scopes.",
        "Copy the client identifier and the secret, and wait for the approval.",
    ),
    issuer = "https://cilogon.org",
    authorization_endpoint = "https://cilogon.org/authorize",
    token_endpoint = "https://cilogon.org/oauth2/token",
    revocation_endpoint = "https://cilogon.org/oauth2/revoke",
    userinfo_endpoint = "https://cilogon.org/oauth2/userinfo",
    jwks_uri = "https://cilogon.org/oauth2/certs",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's name.
        Profile = "profile",
        /// Read what the user's institute says of the user.
        UserInfo = "org.cilogon.userinfo",
    ),
    default_scopes(OpenId, Email, Profile, UserInfo),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/sub", name = "/name", email = "/email"),
)]
pub struct CiLogon;
