//! Sign in with Slack: members of a workspace, by OpenID Connect.

use oauth_runtime::oauth_provider;

/// Signs in with Slack by OpenID Connect.
///
/// Tokens: an access token lives until it is revoked; if token rotation is turned on for the app, it lives for twelve
/// hours, and a refresh token comes with every login and rotates.
/// The redirect URI is `https`. The workspace is in the claim `https://slack.com/team_id`.
/// Departs from RFC 6749: an error answers 200 with `ok` false.
/// Believed, not read: the redirect URI is `https`.
#[oauth_provider(
    name = "Slack OpenID",
    slug = "slack_openid",
    console = "https://api.slack.com/apps",
    service_documentation = "https://docs.slack.dev/authentication/sign-in-with-slack/",
    setup(
        "Create an app, or open it.",
        "Add the redirect URI under OAuth & Permissions as Redirect URL.",
        "Add the scopes openid, profile and email there under User Token Scopes.",
        "Copy Client ID and Client Secret from Basic Information.",
    ),
    issuer = "https://slack.com",
    authorization_endpoint = "https://slack.com/openid/connect/authorize",
    token_endpoint = "https://slack.com/api/openid.connect.token",
    userinfo_endpoint = "https://slack.com/api/openid.connect.userInfo",
    jwks_uri = "https://slack.com/openid/connect/keys",
    api_base = "https://slack.com/api/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
    ),
    default_scopes(OpenId, Profile, Email),
    offline(always),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
    dialect(
        error_when(at = "/ok", is = "false"),
        invalid_grant("invalid_refresh_token", "invalid_code", "code_already_used"),
    ),
)]
pub struct SlackOpenId;
