//! Genius: lyrics, and what people write about them.

use oauth_runtime::oauth_provider;

/// Signs in with Genius.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// Who the user is, is a call of the API, for which the scope `me` is needed.
/// Departs from RFC 6749: the answer has no `token_type`.
/// Believed, not read: access tokens do not expire, and there are no refresh tokens.
#[oauth_provider(
    console = "https://genius.com/api-clients",
    service_documentation = "https://docs.genius.com/",
    setup(
        "Create an API client.",
        "Enter the redirect URI in Redirect URI.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://api.genius.com/oauth/authorize",
    token_endpoint = "https://api.genius.com/oauth/token",
    api_base = "https://api.genius.com/",
    scopes(
        /// Read the user's account.
        Me = "me",
        /// Create annotations.
        CreateAnnotation = "create_annotation",
        /// Change and delete the user's annotations.
        ManageAnnotation = "manage_annotation",
        /// Vote on annotations.
        Vote = "vote",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    dialect(missing_token_type),
)]
pub struct Genius;
