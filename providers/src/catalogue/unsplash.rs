//! Unsplash: photos, likes and collections of people.

use oauth_runtime::oauth_provider;

/// Signs in with Unsplash.
///
/// Tokens: nothing is known of how long they live; there are no refresh tokens.
/// The profile is open only to a login that also asks for `read_user`.
/// E-mail addresses are never taken for verified.
/// Believed, not read: there are no refresh tokens; calls carry the version of the API in `Accept-Version`.
#[oauth_provider(
    console = "https://unsplash.com/oauth/applications",
    service_documentation = "https://unsplash.com/documentation/user-authentication-workflow",
    setup(
        "Click New Application and accept the guidelines.",
        "Enter the redirect URI under Redirect URI & Permissions, and tick the permissions.",
        "Copy the Access Key, which is the client ID, and the Secret key.",
    ),
    authorization_endpoint = "https://unsplash.com/oauth/authorize",
    token_endpoint = "https://unsplash.com/oauth/token",
    userinfo_endpoint = "https://api.unsplash.com/me",
    api_base = "https://api.unsplash.com/",
    scopes(
        /// Read public data.
        Public = "public",
        /// Read the user's private data.
        ReadUser = "read_user",
        /// Change the user's profile.
        WriteUser = "write_user",
        /// Read private data of the user's photos.
        ReadPhotos = "read_photos",
        /// Change and upload photos of the user.
        WritePhotos = "write_photos",
        /// Like photos, and take likes back.
        WriteLikes = "write_likes",
        /// Read the user's private collections.
        ReadCollections = "read_collections",
        /// Create and change collections of the user.
        WriteCollections = "write_collections",
    ),
    default_scopes(Public),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    headers("Accept-Version" = "v1"),
    profile(
        subject = "/id",
        name = "/name",
        email = "/email",
        picture = "/profile_image/large",
    ),
)]
pub struct Unsplash;
