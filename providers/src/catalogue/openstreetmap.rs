//! OpenStreetMap: map data and GPS traces of contributors.

use oauth_runtime::oauth_provider;

/// Signs in with OpenStreetMap.
///
/// Tokens: access tokens do not expire, and there are no refresh tokens.
/// The answer of the API holds no e-mail address.
#[oauth_provider(
    slug = "openstreetmap",
    console = "https://www.openstreetmap.org/oauth2/applications",
    service_documentation = "https://wiki.openstreetmap.org/wiki/OAuth",
    setup(
        "Register a new application, and leave Confidential Application ticked.",
        "Enter the redirect URI under Redirect URIs.",
        "Tick the permissions that the application may ask for.",
        "Copy the client ID and the client secret, which is shown once.",
    ),
    authorization_endpoint = "https://www.openstreetmap.org/oauth2/authorize",
    token_endpoint = "https://www.openstreetmap.org/oauth2/token",
    revocation_endpoint = "https://www.openstreetmap.org/oauth2/revoke",
    userinfo_endpoint = "https://api.openstreetmap.org/api/0.6/user/details.json",
    api_base = "https://api.openstreetmap.org/api/0.6/",
    scopes(
        /// Read the user's name, picture and preferences.
        ReadPrefs = "read_prefs",
        /// Change the user's preferences.
        WritePrefs = "write_prefs",
        /// Change the map.
        WriteApi = "write_api",
        /// Read the user's private GPS traces.
        ReadGpx = "read_gpx",
        /// Upload GPS traces.
        WriteGpx = "write_gpx",
        /// Change notes.
        WriteNotes = "write_notes",
        /// Write diary entries and comments.
        WriteDiary = "write_diary",
    ),
    default_scopes(ReadPrefs),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/user/id", name = "/user/display_name", picture = "/user/img/href"),
)]
pub struct OpenStreetMap;
