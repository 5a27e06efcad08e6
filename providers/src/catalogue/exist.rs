//! Exist: what people track of their days.

use oauth_runtime::oauth_provider;

/// Signs in with Exist.
///
/// Tokens: an access token lives for a year; refresh tokens come with every login, and a refresh brings a new one.
#[oauth_provider(
    console = "https://exist.io/account/apps/",
    service_documentation = "https://developer.exist.io/reference/authentication/oauth2/",
    setup(
        "Create an OAuth2 client among the developer apps of an account.",
        "Enter the redirect URI.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://exist.io/oauth2/authorize",
    token_endpoint = "https://exist.io/oauth2/access_token",
    userinfo_endpoint = "https://exist.io/api/2/accounts/profile/",
    api_base = "https://exist.io/",
    scopes(
        /// Read how the user's days were.
        MoodRead = "mood_read",
        /// Read steps and distances.
        ActivityRead = "activity_read",
        /// Read what the user got done.
        ProductivityRead = "productivity_read",
        /// Read when the user slept.
        SleepRead = "sleep_read",
        /// Read workouts.
        WorkoutsRead = "workouts_read",
    ),
    default_scopes(MoodRead),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
)]
pub struct Exist;
