//! Figma: people and their design files.

use oauth_runtime::oauth_provider;

/// Signs in with Figma.
///
/// Tokens: an access token lives for 90 days; refresh tokens come with every login, and a refresh keeps the refresh
/// token.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: a refresh has an endpoint of its own, whose answer holds an access token and its lifetime
/// alone.
#[oauth_provider(
    console = "https://www.figma.com/developers/apps",
    service_documentation = "https://developers.figma.com/docs/rest-api/authentication",
    setup(
        "Create an app under My apps; copy the client ID and the secret, which is shown once.",
        "Add the redirect URI on its page OAuth credentials.",
        "Select every scope that may be asked for on its page OAuth scopes.",
        "Publish the app: privately for one organization, or for all after a review.",
    ),
    authorization_endpoint = "https://www.figma.com/oauth",
    token_endpoint = "https://api.figma.com/v1/oauth/token",
    userinfo_endpoint = "https://api.figma.com/v1/me",
    api_base = "https://api.figma.com/",
    scopes(
        /// Read the user's name, e-mail address and picture.
        CurrentUserRead = "current_user:read",
        /// Read what is in files.
        FileContentRead = "file_content:read",
        /// Read names and places of files.
        FileMetadataRead = "file_metadata:read",
        /// Read versions of files.
        FileVersionsRead = "file_versions:read",
        /// Read comments.
        FileCommentsRead = "file_comments:read",
        /// Write and delete comments.
        FileCommentsWrite = "file_comments:write",
    ),
    default_scopes(CurrentUserRead),
    offline(always),
    profile(
        subject = "/id",
        name = "/handle",
        email = "/email",
        picture = "/img_url",
    ),
    dialect(
        missing_token_type,
        refresh_endpoint = "https://api.figma.com/v1/oauth/refresh",
        refresh_keeps,
    ),
)]
pub struct Figma;
