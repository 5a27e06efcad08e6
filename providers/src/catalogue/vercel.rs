//! Vercel: accounts of people, with their projects and deployments.

use oauth_runtime::oauth_provider;

/// Signs in with Vercel.
///
/// Tokens: an access token lives for an hour; a refresh token comes with the scope `offline_access` and rotates.
/// What is asked for must also be switched on for the app; other scopes are dropped.
/// Integrations of Vercel have a token endpoint of their own, and are not this provider.
#[oauth_provider(
    console = "https://vercel.com/dashboard",
    service_documentation = "https://vercel.com/docs/sign-in-with-vercel/authorization-server-api",
    setup(
        "Open the Settings of the team, select Apps and click Create.",
        "Add the redirect URI under Authorization Callback URLs.",
        "Switch on the scopes and the authentication method client_secret_post.",
        "Generate a client secret, and copy it with the client ID.",
    ),
    issuer = "https://vercel.com",
    authorization_endpoint = "https://vercel.com/oauth/authorize",
    token_endpoint = "https://api.vercel.com/login/oauth/token",
    userinfo_endpoint = "https://api.vercel.com/login/oauth/userinfo",
    api_base = "https://api.vercel.com/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(OpenId, Profile, Email),
    pkce = required,
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub struct Vercel;
