//! Calendly: event types and scheduled events of people and organisations.

use oauth_runtime::oauth_provider;

/// Signs in with Calendly.
///
/// Tokens: an access token lives for two hours, a refresh token until it is used; each refresh brings a new one.
/// The user is in `token_response.owner`, the organisation in `token_response.organization`, each as a URI of the API.
/// A newer application may do nothing that no scope names: add the scopes that you use.
/// E-mail addresses are never taken for verified.
/// Believed, not read: there is a refresh token with every login.
#[oauth_provider(
    console = "https://developer.calendly.com/console/apps",
    service_documentation =
        "https://developer.calendly.com/docs/authentication/creating-an-oauth-app",
    setup(
        "Sign up for a developer account, and create an OAuth application of the kind Web.",
        "Select Production, and enter the redirect URI as Redirect URI.",
        "Select the scopes.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://auth.calendly.com/oauth/authorize",
    token_endpoint = "https://auth.calendly.com/oauth/token",
    revocation_endpoint = "https://auth.calendly.com/oauth/revoke",
    userinfo_endpoint = "https://api.calendly.com/users/me",
    api_base = "https://api.calendly.com/",
    scopes(
        /// Read users and the user's own entry.
        UsersRead = "users:read",
        /// Read when people are available.
        AvailabilityRead = "availability:read",
        /// Read event types and their free times.
        EventTypesRead = "event_types:read",
        /// Create and change event types.
        EventTypesWrite = "event_types:write",
        /// Read scheduled events and their invitees.
        ScheduledEventsRead = "scheduled_events:read",
        /// Invite people to events, and cancel events.
        ScheduledEventsWrite = "scheduled_events:write",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The user, as the URI of the API.
        owner: String,
        /// The user's organisation, as the URI of the API.
        organization: String,
    },
    profile(
        subject = "/resource/uri",
        name = "/resource/name",
        email = "/resource/email",
        picture = "/resource/avatar_url",
    ),
)]
pub struct Calendly;
