//! HighLevel: agencies and their locations at GoHighLevel.

use oauth_runtime::oauth_provider;

/// Signs in with HighLevel.
///
/// Tokens: an access token lives for a day; a refresh token comes with every login and is good for one refresh, which
/// brings another.
/// What was installed is in the members `locationId` and `companyId` of the token response.
/// The header `Version` goes with each call.
/// Believed, not read: a token request may name a `user_type`, `Company` or `Location`; none is sent.
#[oauth_provider(
    slug = "highlevel",
    console = "https://marketplace.gohighlevel.com",
    service_documentation = "https://marketplace.gohighlevel.com/docs/Authorization/OAuth2.0",
    setup(
        "Click Create App under My Apps, and open Auth under Advanced Settings.",
        "Add the scopes that the application asks for.",
        "Enter the redirect URI in Redirect URLs.",
        "Add a key under Client Keys, and copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://marketplace.gohighlevel.com/oauth/chooselocation",
    token_endpoint = "https://services.leadconnectorhq.com/oauth/token",
    api_base = "https://services.leadconnectorhq.com/",
    scopes(
        /// Read users.
        UsersReadonly = "users.readonly",
        /// Read locations.
        LocationsReadonly = "locations.readonly",
        /// Read contacts.
        ContactsReadonly = "contacts.readonly",
        /// Create and change contacts.
        ContactsWrite = "contacts.write",
        /// Read opportunities.
        OpportunitiesReadonly = "opportunities.readonly",
        /// Read calendars.
        CalendarsReadonly = "calendars.readonly",
    ),
    default_scopes(UsersReadonly),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    headers("Version" = "2021-07-28"),
)]
pub struct HighLevel;
