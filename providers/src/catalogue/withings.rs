//! Withings: measures of scales, watches and other devices for health.

use oauth_runtime::oauth_provider;

/// Signs in with Withings.
///
/// Tokens: an access token lives for three hours; a refresh token comes with every login.
/// Every login must name a scope. Who the user is stands in the token response alone, as `userid`.
/// Departs from RFC 6749: each token request has an `action`; scopes are separated by commas; the answer stands inside
/// of `body`, and an error is a `status` other than 0.
#[oauth_provider(
    console = "https://developer.withings.com/dashboard/",
    service_documentation = "https://developer.withings.com/api-reference/",
    setup(
        "Create an application of the public API.",
        "Enter the redirect URI as Callback URL.",
        "Copy the Client ID and the Secret.",
    ),
    authorization_endpoint = "https://account.withings.com/oauth2_user/authorize2",
    token_endpoint = "https://wbsapi.withings.net/v2/oauth2",
    api_base = "https://wbsapi.withings.net/",
    scopes(
        /// Read the user's data and goals, and link devices.
        UserInfo = "user.info",
        /// Read weight, blood pressure and other measures.
        UserMetrics = "user.metrics",
        /// Read steps, workouts and sleep.
        UserActivity = "user.activity",
    ),
    scope_separator = ",",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    token_params(action = "requesttoken"),
    offline(always),
    dialect(
        token_response_at = "/body",
        error_when(at = "/status", is_not = "0"),
        error_at = "/status",
        error_description_at = "/error",
        refresh_params(action = "requesttoken"),
    ),
)]
pub struct Withings;
