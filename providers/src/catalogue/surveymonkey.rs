//! SurveyMonkey: authors of surveys, and the answers they got.

use oauth_runtime::oauth_provider;

/// Signs in with SurveyMonkey.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// The API is at the address in `token_response.access_url`.
/// Believed, not read: the tokens do not expire, there are no refresh tokens, and the API is at `access_url`.
#[oauth_provider(
    slug = "surveymonkey",
    console = "https://developer.surveymonkey.com/apps/",
    service_documentation = "https://api.surveymonkey.com/v3/docs",
    setup(
        "Add an app under My Apps.",
        "Set OAuth Redirect URL in its settings to the redirect URI.",
        "Choose the scopes in its settings.",
        "Copy Client ID and Secret.",
    ),
    authorization_endpoint = "https://api.surveymonkey.com/oauth/authorize",
    token_endpoint = "https://api.surveymonkey.com/oauth/token",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    token_response {
        /// The address of the API for this user.
        access_url: Option<String>,
    },
)]
pub struct SurveyMonkey;
