//! Miro: boards of teams.

use oauth_runtime::oauth_provider;

/// Signs in with Miro.
///
/// Tokens: in an app whose tokens expire an access token lives for an hour and a refresh token for 60 days; in any
/// other access tokens do not expire, and there are no refresh tokens.
/// The team is in `token_response.team_id`. An e-mail address is never taken for verified.
/// Believed, not read: `team_id` and `user_id` come with the tokens.
#[oauth_provider(
    console = "https://miro.com/app/settings/user-profile/apps",
    service_documentation = "https://developers.miro.com/docs/getting-started-with-oauth",
    setup(
        "Create an app in a Developer team, and tick that user tokens expire.",
        "Enter the redirect URI under Redirect URI for OAuth2.0.",
        "Choose the permissions of the app.",
        "Copy Client ID and Client secret.",
    ),
    authorization_endpoint = "https://miro.com/oauth/authorize",
    token_endpoint = "https://api.miro.com/v1/oauth/token",
    userinfo_endpoint = "https://api.miro.com/v1/users/me",
    api_base = "https://api.miro.com/",
    scopes(
        /// Read the user's name and e-mail address.
        IdentityRead = "identity:read",
        /// Read boards.
        BoardsRead = "boards:read",
        /// Create and change boards.
        BoardsWrite = "boards:write",
        /// Read the team and its members.
        TeamRead = "team:read",
    ),
    default_scopes(IdentityRead),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The team in which the app was installed.
        team_id: Option<String>,
        /// The user.
        user_id: Option<String>,
    },
    profile(subject = "/id", name = "/name", email = "/email"),
)]
pub struct Miro;
