//! Ory Hydra: the people of whoever runs the server.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a server of Ory Hydra.
///
/// Tokens: the configuration of the server says how long they live. A refresh token comes with the scope `offline`, and
/// rotates.
/// The server answers with the claims that its consent page gave: a name and an e-mail address may be missing.
/// The issuer is `https://`, the host and nothing behind it; a server with another one is `OpenId::issuer`.
#[oauth_provider(
    name = "Ory Hydra",
    service_documentation = "https://www.ory.com/docs/hydra/guides/oauth2-clients",
    setup(
        "Run `hydra create client` with the grant types `authorization_code` and `refresh_token`.",
        "Give it `openid` and `offline` by `--scope`, and the redirect URI by `--redirect-uri`.",
        "Copy the client ID and the client secret, which are printed once.",
    ),
    issuer = "https://{host}",
    authorization_endpoint = "https://{host}/oauth2/auth",
    token_endpoint = "https://{host}/oauth2/token",
    userinfo_endpoint = "https://{host}/userinfo",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Stay connected while the user is away.
        Offline = "offline",
    ),
    default_scopes(OpenId),
    offline(scope = Offline),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub struct OryHydra {
    /// The public host of the server: `auth.example.com`.
    host: Host,
}
