//! Oura: sleep, activity and readiness of wearers of the ring.

use oauth_runtime::oauth_provider;

/// Signs in with Oura.
///
/// Tokens: access tokens expire; a refresh token comes with every login, and is good for one use.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 7009: a revocation carries the access token in its query, and is not declared here.
/// Believed, not read: how a token is revoked.
#[oauth_provider(
    console = "https://cloud.ouraring.com/oauth/applications",
    service_documentation = "https://cloud.ouraring.com/docs/authentication",
    setup(
        "Create a new application.",
        "Enter the redirect URI under Redirect URIs.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://cloud.ouraring.com/oauth/authorize",
    token_endpoint = "https://api.ouraring.com/oauth/token",
    userinfo_endpoint = "https://api.ouraring.com/v2/usercollection/personal_info",
    api_base = "https://api.ouraring.com/",
    scopes(
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's sex, age, height and weight.
        Personal = "personal",
        /// Read the day's summaries of sleep, activity and readiness.
        Daily = "daily",
        /// Read the heart rate.
        Heartrate = "heartrate",
        /// Read workouts.
        Workout = "workout",
        /// Read what the user has tagged.
        Tag = "tag",
        /// Read guided and unguided sessions.
        Session = "session",
    ),
    default_scopes(Email, Personal),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", email = "/email"),
)]
pub struct Oura;
