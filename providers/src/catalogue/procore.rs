//! Procore: construction projects of companies.

use oauth_runtime::oauth_provider;

/// Signs in with Procore.
///
/// Tokens: an access token lives for two hours at most; a refresh token comes with every login, is good for one use,
/// and does not expire before it.
/// API calls also need the header `Procore-Company-Id`: add it to each call.
/// E-mail addresses are never taken for verified.
#[oauth_provider(
    console = "https://developers.procore.com",
    service_documentation = "https://procore.github.io/documentation/oauth-auth-grant-flow",
    setup(
        "Create an app with a data connector component and user-level authentication.",
        "Enter the redirect URI under OAuth Credentials.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://login.procore.com/oauth/authorize",
    token_endpoint = "https://login.procore.com/oauth/token",
    userinfo_endpoint = "https://api.procore.com/vapid/me",
    api_base = "https://api.procore.com/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/name", email = "/login"),
)]
pub struct Procore;
