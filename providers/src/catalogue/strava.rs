//! Strava: activities of athletes.

use oauth_runtime::oauth_provider;

/// Signs in with Strava.
///
/// Tokens: an access token lives for six hours; refresh tokens rotate.
/// The user may untick scopes on the consent page.
/// Departs from RFC 6749: scopes are separated by commas; what was granted comes with the callback.
/// Departs from RFC 7009: the token that is revoked is called `access_token`.
/// Believed, not read: the granted scopes come with the callback.
#[oauth_provider(
    console = "https://www.strava.com/settings/api",
    service_documentation = "https://developers.strava.com/docs/authentication/",
    setup(
        "Open My API Application, or create it.",
        "Set Authorization Callback Domain to the host of your redirect URI.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://www.strava.com/oauth/authorize",
    token_endpoint = "https://www.strava.com/api/v3/oauth/token",
    revocation_endpoint = "https://www.strava.com/oauth/deauthorize",
    userinfo_endpoint = "https://www.strava.com/api/v3/athlete",
    api_base = "https://www.strava.com/api/v3/",
    scopes(
        /// Read public segments, routes and profiles.
        Read = "read",
        /// Read private segments and routes.
        ReadAll = "read_all",
        /// Read the user's whole profile.
        ProfileReadAll = "profile:read_all",
        /// Change the user's weight and starred segments.
        ProfileWrite = "profile:write",
        /// Read the user's activities that are visible to everyone and to followers.
        ActivityRead = "activity:read",
        /// Read all of the user's activities, those that only the user sees included.
        ActivityReadAll = "activity:read_all",
        /// Create and change the user's activities.
        ActivityWrite = "activity:write",
    ),
    default_scopes(Read),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    authorization_params(approval_prompt = "auto"),
    offline(always),
    profile(subject = "/id", name = "/username", picture = "/profile"),
    dialect(callback_scope, revocation_request = access_token),
)]
pub struct Strava;
