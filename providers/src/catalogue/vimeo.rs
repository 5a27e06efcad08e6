//! Vimeo: videos, showcases and accounts of their makers.

use oauth_runtime::oauth_provider;

/// Signs in with Vimeo.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// The version of the API is chosen by `Accept: application/vnd.vimeo.*+json;version=3.4`: add it to each call.
/// Departs from RFC 6749: the answer is JSON under a content type of Vimeo's own.
/// Believed, not read: access tokens do not expire.
#[oauth_provider(
    console = "https://developer.vimeo.com/apps",
    service_documentation = "https://developer.vimeo.com/api/authentication",
    setup(
        "Click Create an app.",
        "Add the redirect URI under Your callback URLs.",
        "Copy the Client identifier and a Client secret.",
    ),
    authorization_endpoint = "https://api.vimeo.com/oauth/authorize",
    token_endpoint = "https://api.vimeo.com/oauth/access_token",
    userinfo_endpoint = "https://api.vimeo.com/me",
    api_base = "https://api.vimeo.com/",
    scopes(
        /// Read public data.
        Public = "public",
        /// Read the user's private data.
        Private = "private",
        /// Create showcases, groups and other containers.
        Create = "create",
        /// Change videos and other things of the user.
        Edit = "edit",
        /// Delete videos and other things of the user.
        Delete = "delete",
        /// Comment, like and follow for the user.
        Interact = "interact",
        /// Upload videos.
        Upload = "upload",
        /// Read the files of videos.
        VideoFiles = "video_files",
    ),
    default_scopes(Public, Private),
    pkce = unsupported,
    offline(never),
    profile(subject = "/uri", name = "/name"),
    dialect(token_response = text),
)]
pub struct Vimeo;
