//! TikTok: accounts of people, and their videos.

use oauth_runtime::oauth_provider;

/// Signs in with TikTok.
///
/// Tokens: an access token lives for a day; a refresh token comes with every login, lives for a year and may rotate.
/// The user, to this application, is in `token_response.open_id`. There is no e-mail address.
/// An application of the type Desktop makes its code challenge in another way, and is not for this declaration.
/// Departs from RFC 6749: `client_id` is called `client_key`; scopes are separated by commas; an error may answer 200.
/// Believed, not read: the code challenge of desktop applications.
#[oauth_provider(
    slug = "tiktok",
    console = "https://developers.tiktok.com/apps",
    service_documentation = "https://developers.tiktok.com/doc/login-kit-web",
    setup(
        "Create an app for the platform Web, and add the product Login Kit.",
        "Set Redirect URI of Login Kit to the redirect URI.",
        "Copy Client key and Client secret.",
        "Submit the app for review.",
    ),
    authorization_endpoint = "https://www.tiktok.com/v2/auth/authorize/",
    token_endpoint = "https://open.tiktokapis.com/v2/oauth/token/",
    revocation_endpoint = "https://open.tiktokapis.com/v2/oauth/revoke/",
    userinfo_endpoint =
        "https://open.tiktokapis.com/v2/user/info/?fields=open_id,display_name,avatar_url",
    api_base = "https://open.tiktokapis.com/",
    scopes(
        /// Read the user's name and picture.
        UserInfoBasic = "user.info.basic",
        /// Read the user's handle, biography and link.
        UserInfoProfile = "user.info.profile",
        /// Read how many followers, likes and videos the user has.
        UserInfoStats = "user.info.stats",
        /// Read the user's public videos.
        VideoList = "video.list",
        /// Send videos to the user's drafts.
        VideoUpload = "video.upload",
        /// Publish videos.
        VideoPublish = "video.publish",
    ),
    default_scopes(UserInfoBasic),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The user, to this application.
        open_id: String,
        /// How long the refresh token lives, in seconds.
        refresh_expires_in: u64,
    },
    profile(
        subject = "/data/user/open_id",
        name = "/data/user/display_name",
        picture = "/data/user/avatar_url",
    ),
    dialect(client_id_param = "client_key"),
)]
pub struct TikTok;
