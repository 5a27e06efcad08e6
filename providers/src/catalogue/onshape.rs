//! Onshape: documents of computer-aided design.

use oauth_runtime::oauth_provider;

/// Signs in with Onshape.
///
/// Tokens: access tokens expire; a refresh token comes with every login.
/// The e-mail address takes the scope `OAuth2ReadPII`. E-mail addresses are never taken for verified.
/// Believed, not read: a login without scopes is granted those of the application's settings.
#[oauth_provider(
    console = "https://cad.onshape.com/appstore/dev-portal",
    service_documentation = "https://onshape-public.github.io/docs/auth/oauth/",
    setup(
        "Choose OAuth applications, and create an OAuth application.",
        "Enter the redirect URI under Redirect URLs.",
        "Choose the permissions that the application may ask for.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://oauth.onshape.com/oauth/authorize",
    token_endpoint = "https://oauth.onshape.com/oauth/token",
    userinfo_endpoint = "https://cad.onshape.com/api/users/sessioninfo",
    api_base = "https://cad.onshape.com/api/",
    scopes(
        /// Read the user's name and e-mail address.
        ReadPii = "OAuth2ReadPII",
        /// Read the user's documents.
        Read = "OAuth2Read",
        /// Create and change documents.
        Write = "OAuth2Write",
        /// Delete documents.
        Delete = "OAuth2Delete",
        /// Share documents with other people.
        Share = "OAuth2Share",
        /// Buy for the user in the app store.
        Purchase = "OAuth2Purchase",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/name", email = "/email", picture = "/image"),
)]
pub struct Onshape;
