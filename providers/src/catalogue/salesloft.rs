//! Salesloft: people and cadences of sales teams.

use oauth_runtime::oauth_provider;

/// Signs in with Salesloft.
///
/// Tokens: access tokens expire; a refresh token comes with every login.
/// Scopes are chosen in the settings of the application.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: the callback brings a `context`, which the token request for the code repeats.
#[oauth_provider(
    console = "https://accounts.salesloft.com/oauth/applications",
    service_documentation =
        "https://developers.salesloft.com/docs/platform/api-basics/oauth-authentication/",
    setup(
        "Choose OAuth Applications, Create New, with the grant type Authorization Code.",
        "Enter the redirect URI under Redirect URI, and tick the scopes.",
        "Copy the application ID and the secret, which are the client ID and the client secret.",
    ),
    authorization_endpoint = "https://accounts.salesloft.com/oauth/authorize",
    token_endpoint = "https://accounts.salesloft.com/oauth/token",
    userinfo_endpoint = "https://api.salesloft.com/v2/me",
    api_base = "https://api.salesloft.com/",
    token_endpoint_auth_method = client_secret_post,
    token_params(context = callback.context),
    offline(always),
    profile(subject = "/data/id", name = "/data/name", email = "/data/email"),
    dialect(callback_params("context")),
)]
pub struct Salesloft;
