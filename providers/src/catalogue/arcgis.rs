//! ArcGIS: maps and data of ArcGIS Online, or of a portal of ArcGIS Enterprise.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with ArcGIS.
///
/// Tokens: an access token lives for half an hour, a refresh token for two weeks; there is one with every login.
/// API calls also need `f=json` in the query: add it to each call.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: a refusal answers 200 with an error object, and a success has no `token_type`.
/// Believed, not read: there is a refresh token with every login, and errors answer 200.
#[oauth_provider(
    name = "ArcGIS",
    slug = "arcgis",
    console = "https://developers.arcgis.com/",
    service_documentation = "https://developers.arcgis.com/rest/users-groups-and-items/token",
    setup(
        "Create OAuth credentials, as a developer or in your organisation.",
        "Add the redirect URI to the application's settings.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://{host}/sharing/rest/oauth2/authorize",
    token_endpoint = "https://{host}/sharing/rest/oauth2/token",
    userinfo_endpoint = "https://{host}/sharing/rest/community/self?f=json",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/username", name = "/fullName", email = "/email"),
    dialect(
        missing_token_type,
        error_at = "/error/code",
        error_description_at = "/error/message",
        invalid_grant("498"),
    ),
)]
pub struct ArcGis {
    /// The host of the portal.
    #[param(default = "www.arcgis.com")]
    host: Host,
}
