//! Autodesk: accounts of people, and the designs and projects of Autodesk Platform Services.

use oauth_runtime::oauth_provider;

/// Signs in with Autodesk.
///
/// Tokens: an access token lives for an hour, a refresh token for 15 days; each refresh brings a new one.
#[oauth_provider(
    console = "https://aps.autodesk.com/myapps/",
    service_documentation = "https://aps.autodesk.com/en/docs/oauth/v2/developers_guide/overview/",
    setup(
        "Create an application of the type Traditional Web App.",
        "Enter the redirect URI as Callback URL.",
        "Select the APIs that you use.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://developer.api.autodesk.com/authentication/v2/authorize",
    token_endpoint = "https://developer.api.autodesk.com/authentication/v2/token",
    revocation_endpoint = "https://developer.api.autodesk.com/authentication/v2/revoke",
    userinfo_endpoint = "https://api.userprofile.autodesk.com/userinfo",
    api_base = "https://developer.api.autodesk.com/",
    scopes(
        /// Read the user's profile.
        UserProfileRead = "user-profile:read",
        /// Read the user's designs and files.
        DataRead = "data:read",
        /// Change the user's designs and files.
        DataWrite = "data:write",
        /// Create designs and files.
        DataCreate = "data:create",
        /// Read what a viewer shows of a design.
        ViewablesRead = "viewables:read",
        /// Read the accounts of products and services.
        AccountRead = "account:read",
    ),
    default_scopes(UserProfileRead),
    offline(always),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub struct Autodesk;
