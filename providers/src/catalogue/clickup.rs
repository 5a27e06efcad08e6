//! ClickUp: workspaces, lists and tasks.

use oauth_runtime::oauth_provider;

/// Signs in with ClickUp.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// There are no scopes: the user chooses the workspaces on the consent page.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: the answer has no `token_type`.
#[oauth_provider(
    slug = "clickup",
    console = "https://app.clickup.com/settings/apps",
    service_documentation = "https://developer.clickup.com/docs/authentication",
    setup(
        "As admin of a workspace, open Settings, then ClickUp API, and click Create an App.",
        "Enter the redirect URI as Redirect URL.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://app.clickup.com/api",
    token_endpoint = "https://api.clickup.com/api/v2/oauth/token",
    userinfo_endpoint = "https://api.clickup.com/api/v2/user",
    api_base = "https://api.clickup.com/",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(
        subject = "/user/id",
        name = "/user/username",
        email = "/user/email",
        picture = "/user/profilePicture",
    ),
    dialect(missing_token_type),
)]
pub struct ClickUp;
