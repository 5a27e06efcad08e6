//! Coursera: learners.

use oauth_runtime::oauth_provider;

/// Signs in with Coursera.
///
/// Tokens: access tokens expire after half an hour; a refresh token comes with the parameter `access_type`.
/// Believed, not read: `access_type=offline` is what asks for a refresh token.
#[oauth_provider(
    console = "https://accounts.coursera.org/console",
    setup(
        "Create an application.",
        "Enter the redirect URI under Redirect URI.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://accounts.coursera.org/oauth2/v1/auth",
    token_endpoint = "https://accounts.coursera.org/oauth2/v1/token",
    userinfo_endpoint = "https://api.coursera.org/api/externalBasicProfiles.v1?q=me&fields=name",
    scopes(
        /// Read the user's profile.
        ViewProfile = "view_profile",
    ),
    default_scopes(ViewProfile),
    token_endpoint_auth_method = client_secret_post,
    offline(params(access_type = "offline")),
    profile(subject = "/elements/0/id", name = "/elements/0/name"),
)]
pub struct Coursera;
