//! Dailymotion: channels and their videos.

use oauth_runtime::oauth_provider;

/// Signs in with Dailymotion.
///
/// Tokens: access tokens expire; refresh tokens come with every login.
/// This is the API that is called legacy: the newer one knows no login of a user. E-mail addresses are never taken
/// for verified.
#[oauth_provider(
    console = "https://www.dailymotion.com/partner/api-keys/",
    service_documentation =
        "https://developers.dailymotion.com/v0/docs/authenticate-using-authorization-codes",
    setup(
        "Create a public API key under API keys of the organization.",
        "Enter the redirect URI as the callback URL of the key.",
        "Copy the API key and the API secret, which is shown once.",
    ),
    authorization_endpoint = "https://www.dailymotion.com/oauth/authorize",
    token_endpoint = "https://api.dailymotion.com/oauth/token",
    userinfo_endpoint = "https://api.dailymotion.com/me?fields=id,screenname,email,avatar_240_url",
    api_base = "https://api.dailymotion.com/",
    scopes(
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's private profile data.
        UserInfo = "userinfo",
        /// Upload, change and delete videos.
        ManageVideos = "manage_videos",
        /// Create, change and delete playlists.
        ManagePlaylists = "manage_playlists",
    ),
    default_scopes(Email),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/id",
        name = "/screenname",
        email = "/email",
        picture = "/avatar_240_url",
    ),
)]
pub struct Dailymotion;
