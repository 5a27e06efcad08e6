//! Webex: messages, meetings and people of an organisation.

use oauth_runtime::oauth_provider;

/// Signs in with Webex.
///
/// Tokens: an access token lives for 14 days; a refresh token comes with every login and lives for 90 days.
/// E-mail addresses are never taken for verified.
/// Believed, not read: the answer says how long the refresh token lives.
#[oauth_provider(
    console = "https://developer.webex.com/my-apps",
    service_documentation = "https://developer.webex.com/docs/integrations",
    setup(
        "Select Create a New App, then Create an Integration.",
        "Add the redirect URI under Redirect URI(s).",
        "Select the scopes that logins ask for.",
        "Copy the Client ID and the Client Secret, which is shown only once.",
    ),
    authorization_endpoint = "https://webexapis.com/v1/authorize",
    token_endpoint = "https://webexapis.com/v1/access_token",
    userinfo_endpoint = "https://webexapis.com/v1/people/me",
    api_base = "https://webexapis.com/v1/",
    scopes(
        /// Use the keys that encrypt messages.
        Kms = "spark:kms",
        /// Read profiles of people, the user's own among them.
        PeopleRead = "spark:people_read",
        /// Read the user's spaces.
        RoomsRead = "spark:rooms_read",
        /// Read messages.
        MessagesRead = "spark:messages_read",
        /// Write and delete messages.
        MessagesWrite = "spark:messages_write",
        /// Read the user's meetings.
        MeetingsRead = "meeting:schedules_read",
        /// Create and change meetings.
        MeetingsWrite = "meeting:schedules_write",
    ),
    default_scopes(Kms, PeopleRead),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// How long the refresh token lives, in seconds.
        refresh_token_expires_in: Option<u64>,
    },
    profile(subject = "/id", name = "/displayName", email = "/emails/0", picture = "/avatar"),
)]
pub struct Webex;
