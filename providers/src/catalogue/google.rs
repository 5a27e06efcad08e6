//! Google: accounts of people and of Google Workspace.

use oauth_runtime::oauth_provider;

/// Signs in with Google.
///
/// Tokens: an access token lives for an hour; a refresh token comes on demand, and again only with a new consent. Both
/// are asked for by `.offline_access(true)`. A refresh keeps the refresh token.
#[oauth_provider(
    console = "https://console.cloud.google.com/apis/credentials",
    service_documentation = "https://developers.google.com/identity/protocols/oauth2/web-server",
    setup(
        "Configure the OAuth consent screen, and add the scopes that the application asks for.",
        "Click Create credentials, OAuth client ID, and choose Web application.",
        "Enter the redirect URI in Authorized redirect URIs.",
        "Copy Client ID and Client secret.",
    ),
    issuer = "https://accounts.google.com",
    authorization_endpoint = "https://accounts.google.com/o/oauth2/v2/auth",
    token_endpoint = "https://oauth2.googleapis.com/token",
    revocation_endpoint = "https://oauth2.googleapis.com/revoke",
    userinfo_endpoint = "https://openidconnect.googleapis.com/v1/userinfo",
    jwks_uri = "https://www.googleapis.com/oauth2/v3/certs",
    api_base = "https://www.googleapis.com/",
    api_origins("https://gmail.googleapis.com", "https://people.googleapis.com"),
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name and picture.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's calendars.
        CalendarReadonly = "https://www.googleapis.com/auth/calendar.readonly",
        /// Read and write the files in Google Drive that this application made or opened.
        DriveFile = "https://www.googleapis.com/auth/drive.file",
        /// Read the user's mail.
        GmailReadonly = "https://www.googleapis.com/auth/gmail.readonly",
    ),
    default_scopes(OpenId, Email, Profile),
    token_endpoint_auth_method = client_secret_post,
    offline(params(access_type = "offline", prompt = "consent")),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
    dialect(refresh_keeps),
)]
pub struct Google;
