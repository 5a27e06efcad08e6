//! Uber: accounts of riders, their profiles and trips.

use oauth_runtime::oauth_provider;

/// Signs in with Uber.
///
/// Tokens: an access token lives for 30 days; a refresh token comes with the scope `offline_access`.
/// Uber opens most scopes to an application only after a review.
/// E-mail addresses are never taken for verified.
#[oauth_provider(
    console = "https://developer.uber.com/dashboard",
    service_documentation =
        "https://developer.uber.com/docs/riders/guides/authentication/user-access-token",
    setup(
        "Create an application in the dashboard.",
        "Add the redirect URI to the redirect URIs of the application.",
        "Select the scopes on the Auth tab, and ask Uber for those that need its approval.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://login.uber.com/oauth/v2/authorize",
    token_endpoint = "https://login.uber.com/oauth/v2/token",
    revocation_endpoint = "https://login.uber.com/oauth/v2/revoke",
    userinfo_endpoint = "https://api.uber.com/v1.2/me",
    api_base = "https://api.uber.com/",
    scopes(
        /// Read the user's name, e-mail address and picture.
        Profile = "profile",
        /// Read the user's trips.
        History = "history",
        /// Read and change the user's saved places.
        Places = "places",
        /// Request rides for the user.
        Request = "request",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(Profile),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
    profile(subject = "/rider_id", name = "/first_name", email = "/email", picture = "/picture"),
)]
pub struct Uber;
