//! Getty Images: licensed pictures and films.

use oauth_runtime::oauth_provider;

/// Signs in with Getty Images.
///
/// Tokens: an access token expires; a refresh token comes with every login.
/// The header `Api-Key` carries the client ID on each call.
/// The answer of the userinfo endpoint has no identifier of the user, so that there is no profile.
#[oauth_provider(
    name = "Getty Images",
    console = "https://developer.gettyimages.com",
    service_documentation = "https://developer.gettyimages.com/docs/authorization/",
    setup(
        "Ask your account representative for an API key that may use the authorization code grant.",
        "Give them the redirect URI.",
        "Copy the API key, which is the client ID, and the API secret.",
    ),
    authorization_endpoint = "https://authentication.gettyimages.com/oauth2/auth",
    token_endpoint = "https://authentication.gettyimages.com/oauth2/token",
    userinfo_endpoint = "https://api.gettyimages.com/v3/customers/current",
    api_base = "https://api.gettyimages.com/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    headers("Api-Key" = client_id),
)]
pub struct GettyImages;
