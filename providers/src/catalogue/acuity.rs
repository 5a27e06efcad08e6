//! Acuity Scheduling: calendars, appointments and their clients.

use oauth_runtime::oauth_provider;

/// Signs in with Acuity Scheduling.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// E-mail addresses are never taken for verified.
/// Believed, not read: an access token does not expire; there are no refresh tokens.
#[oauth_provider(
    name = "Acuity Scheduling",
    console = "https://acuityscheduling.com/oauth2/register",
    service_documentation = "https://developers.acuityscheduling.com/docs/oauth2",
    setup(
        "Register an OAuth2 client account.",
        "Enter the redirect URI under Callback URIs.",
        "Copy the Client ID and the Client Secret from the page that confirms it.",
    ),
    authorization_endpoint = "https://acuityscheduling.com/oauth2/authorize",
    token_endpoint = "https://acuityscheduling.com/oauth2/token",
    userinfo_endpoint = "https://acuityscheduling.com/api/v1/me",
    api_base = "https://acuityscheduling.com/api/v1/",
    scopes(
        /// Use the whole API: appointments, calendars and clients.
        ApiV1 = "api-v1",
    ),
    default_scopes(ApiV1),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/id", email = "/email"),
)]
pub struct Acuity;
