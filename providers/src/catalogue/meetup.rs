//! Meetup: members, groups and events.

use oauth_runtime::oauth_provider;

/// Signs in with Meetup.
///
/// Tokens: an access token lives for an hour, and with the scope `ageless` for up to two weeks; refresh tokens come
/// with every login.
/// Who the user is takes a GraphQL query, which is an API call.
/// Believed, not read: the scope `ageless` makes an access token live for up to two weeks.
#[oauth_provider(
    console = "https://www.meetup.com/graphql/oauth/list/",
    service_documentation = "https://www.meetup.com/graphql/authentication/",
    setup(
        "Create a new client.",
        "Enter the redirect URI in Redirect URI.",
        "Copy Key and Secret.",
    ),
    authorization_endpoint = "https://secure.meetup.com/oauth2/authorize",
    token_endpoint = "https://secure.meetup.com/oauth2/access",
    api_base = "https://api.meetup.com/",
    scopes(
        /// Have access tokens that live longer than an hour.
        Ageless = "ageless",
        /// Read the user's basic information.
        Basic = "basic",
        /// Create and change events.
        EventManagement = "event_management",
        /// Answer invitations to events.
        Rsvp = "rsvp",
    ),
    default_scopes(Ageless),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
)]
pub struct Meetup;
