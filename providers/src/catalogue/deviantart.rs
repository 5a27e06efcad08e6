//! DeviantArt: artists, their works and galleries.

use oauth_runtime::oauth_provider;

/// Signs in with DeviantArt.
///
/// Tokens: an access token lives for an hour; refresh tokens come with every login.
#[oauth_provider(
    slug = "deviantart",
    console = "https://www.deviantart.com/developers/apps",
    service_documentation = "https://www.deviantart.com/developers/authentication",
    setup(
        "Register an application of the type Confidential.",
        "Add the redirect URI exactly as it is sent.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://www.deviantart.com/oauth2/authorize",
    token_endpoint = "https://www.deviantart.com/oauth2/token",
    revocation_endpoint = "https://www.deviantart.com/oauth2/revoke",
    userinfo_endpoint = "https://www.deviantart.com/api/v1/oauth2/user/whoami",
    scopes(
        /// Reach what every application may.
        Basic = "basic",
        /// Know who the user is, and read profiles.
        User = "user",
        /// Browse works.
        Browse = "browse",
        /// Read and write the user's Sta.sh.
        Stash = "stash",
        /// Publish works from the user's Sta.sh.
        Publish = "publish",
    ),
    default_scopes(Basic, User),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/userid", name = "/username", picture = "/usericon"),
)]
pub struct DeviantArt;
