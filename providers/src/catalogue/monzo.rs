//! Monzo: accounts and transactions of people at a bank.

use oauth_runtime::oauth_provider;

/// Signs in with Monzo.
///
/// Tokens: access tokens expire; a confidential client has refresh tokens with every login, another has none.
/// After the login the user approves the access in Monzo's app: until then calls of the API are refused.
/// A new access token ends the one before it. There are no scopes, no name and no e-mail address.
/// Believed, not read: only one access token of a user and a client is good at a time.
#[oauth_provider(
    console = "https://developers.monzo.com/",
    service_documentation = "https://docs.monzo.com/",
    setup(
        "Sign in, allow it in Monzo's app, and create a New OAuth Client.",
        "Enter the redirect URI under Redirect URLs.",
        "Set Confidentiality to Confidential.",
        "Copy Client ID and Client secret.",
    ),
    authorization_endpoint = "https://auth.monzo.com/",
    token_endpoint = "https://api.monzo.com/oauth2/token",
    userinfo_endpoint = "https://api.monzo.com/ping/whoami",
    api_base = "https://api.monzo.com/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/user_id"),
)]
pub struct Monzo;
