//! Dropbox: files of people and of teams.

use oauth_runtime::oauth_provider;

/// Signs in with Dropbox.
///
/// Tokens: an access token lives for four hours; a refresh token comes with the parameter `token_access_type`.
/// Who the user is takes a POST without a body.
/// Departs from RFC 7009: what is revoked is the bearer token of the request, and with it the whole grant.
#[oauth_provider(
    console = "https://www.dropbox.com/developers/apps",
    service_documentation = "https://developers.dropbox.com/oauth-guide",
    setup(
        "Create an app in the App Console.",
        "Add the redirect URI under Redirect URIs in Settings.",
        "Select the scopes under Permissions, and submit them.",
        "Copy App key and App secret, which are the client ID and the client secret.",
    ),
    authorization_endpoint = "https://www.dropbox.com/oauth2/authorize",
    token_endpoint = "https://api.dropboxapi.com/oauth2/token",
    revocation_endpoint = "https://api.dropboxapi.com/2/auth/token/revoke",
    userinfo_endpoint = "https://api.dropboxapi.com/2/users/get_current_account",
    api_base = "https://api.dropboxapi.com/",
    scopes(
        /// Read the user's name, e-mail address and picture.
        AccountInfoRead = "account_info.read",
        /// Read names, sizes and places of files and folders.
        FilesMetadataRead = "files.metadata.read",
        /// Read files.
        FilesContentRead = "files.content.read",
        /// Create, change and delete files.
        FilesContentWrite = "files.content.write",
        /// Read who shares what.
        SharingRead = "sharing.read",
        /// Share files and folders.
        SharingWrite = "sharing.write",
    ),
    default_scopes(AccountInfoRead),
    offline(params(token_access_type = "offline")),
    token_response {
        /// The user's account; a team's token has none.
        account_id: Option<String>,
    },
    profile(
        subject = "/account_id",
        name = "/name/display_name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/profile_photo_url",
    ),
    dialect(revocation_request = bearer, userinfo_request = post),
)]
pub struct Dropbox;
