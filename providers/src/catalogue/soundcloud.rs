//! SoundCloud: artists and listeners, their tracks and playlists.

use oauth_runtime::oauth_provider;

/// Signs in with SoundCloud.
///
/// Tokens: an access token lives for about an hour; a refresh token comes with every login, is good once, and rotates.
/// Departs from RFC 6750: the word before the access token is `OAuth`.
#[oauth_provider(
    slug = "soundcloud",
    console = "https://soundcloud.com/you/apps",
    service_documentation = "https://developers.soundcloud.com/docs/api/guide",
    setup(
        "Register a new application, or open it.",
        "Set Redirect URI to the redirect URI of this application.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://secure.soundcloud.com/authorize",
    token_endpoint = "https://secure.soundcloud.com/oauth/token",
    userinfo_endpoint = "https://api.soundcloud.com/me",
    api_base = "https://api.soundcloud.com/",
    pkce = required,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/urn", name = "/username", picture = "/avatar_url"),
    dialect(bearer_scheme = "OAuth"),
)]
pub struct SoundCloud;
