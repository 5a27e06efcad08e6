//! Spotify: listeners, their libraries, playlists and players.

use oauth_runtime::oauth_provider;

/// Signs in with Spotify.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login. It rotates for public clients and
/// stays for those with a secret.
/// E-mail addresses are never taken for verified. The redirect URI is `https`, or `http` on `127.0.0.1`.
/// Believed, not read: when a refresh token rotates, and that `http://localhost` is no redirect URI.
#[oauth_provider(
    console = "https://developer.spotify.com/dashboard",
    service_documentation = "https://developer.spotify.com/documentation/web-api",
    setup(
        "Create an app and select Web API.",
        "Add the redirect URI under Redirect URIs.",
        "Copy Client ID and Client Secret.",
        "List who may sign in under User Management, as long as the app is in development.",
    ),
    authorization_endpoint = "https://accounts.spotify.com/authorize",
    token_endpoint = "https://accounts.spotify.com/api/token",
    userinfo_endpoint = "https://api.spotify.com/v1/me",
    api_base = "https://api.spotify.com/",
    scopes(
        /// Read the user's e-mail address.
        UserReadEmail = "user-read-email",
        /// Read the user's country and subscription.
        UserReadPrivate = "user-read-private",
        /// Read the user's private playlists.
        PlaylistReadPrivate = "playlist-read-private",
        /// Change the user's private playlists.
        PlaylistModifyPrivate = "playlist-modify-private",
        /// Change the user's public playlists.
        PlaylistModifyPublic = "playlist-modify-public",
        /// Read the user's library.
        UserLibraryRead = "user-library-read",
        /// Read what the user's players are doing.
        UserReadPlaybackState = "user-read-playback-state",
        /// Control the user's players.
        UserModifyPlaybackState = "user-modify-playback-state",
    ),
    default_scopes(UserReadEmail),
    offline(always),
    profile(subject = "/id", name = "/display_name", email = "/email", picture = "/images/0/url"),
)]
pub struct Spotify;
