//! WakaTime: how long people write code, in what and on what.

use oauth_runtime::oauth_provider;

/// Signs in with WakaTime.
///
/// Tokens: an access token lives for a year; a refresh token comes with every login.
/// Departs from RFC 6749: scopes are separated by commas; the answer is a form unless JSON is asked for, which is done.
/// Believed, not read: a refresh token comes with every login.
#[oauth_provider(
    slug = "wakatime",
    console = "https://wakatime.com/apps",
    service_documentation = "https://wakatime.com/developers",
    setup(
        "Create an app.",
        "Enter the redirect URI among the authorized redirect URIs.",
        "Copy the App ID and the App Secret.",
    ),
    authorization_endpoint = "https://wakatime.com/oauth/authorize",
    token_endpoint = "https://wakatime.com/oauth/token",
    revocation_endpoint = "https://wakatime.com/oauth/revoke",
    userinfo_endpoint = "https://wakatime.com/api/v1/users/current",
    api_base = "https://wakatime.com/",
    scopes(
        /// Read the user's e-mail address.
        Email = "email",
        /// Read statistics of the user's coding.
        ReadStats = "read_stats",
        /// Read how the user's coding time is spread over days.
        ReadSummaries = "read_summaries",
        /// Read the user's goals.
        ReadGoals = "read_goals",
        /// Record coding time for the user.
        WriteHeartbeats = "write_heartbeats",
    ),
    default_scopes(Email),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/data/id",
        name = "/data/display_name",
        email = "/data/email",
        email_verified = "/data/is_email_confirmed",
        picture = "/data/photo",
    ),
)]
pub struct WakaTime;
