//! Slack: members of a workspace, and what they may do there.

use oauth_runtime::oauth_provider;

/// Signs in with Slack, as the user and not as a bot.
///
/// Tokens: an access token lives until it is revoked; if token rotation is turned on for the app, it lives for twelve
/// hours, and a refresh token comes with every login and rotates.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: scopes are separated by commas and called `user_scope`; the user's tokens are in
/// `authed_user`; `token_type` is `user` or `bot`, or is not there; an error answers 200 with `ok` false.
/// Departs from RFC 7009: the token that is revoked stands in `Authorization`.
/// Believed, not read: the values of `token_type`, and how a token is revoked.
#[oauth_provider(
    console = "https://api.slack.com/apps",
    service_documentation = "https://docs.slack.dev/authentication/installing-with-oauth/",
    setup(
        "Create an app, or open it.",
        "Add the redirect URI under OAuth & Permissions as Redirect URL.",
        "Add the scopes there under User Token Scopes.",
        "Copy Client ID and Client Secret from Basic Information.",
    ),
    authorization_endpoint = "https://slack.com/oauth/v2/authorize",
    token_endpoint = "https://slack.com/api/oauth.v2.access",
    revocation_endpoint = "https://slack.com/api/auth.revoke",
    userinfo_endpoint = "https://slack.com/api/users.identity",
    api_base = "https://slack.com/api/",
    scopes(
        /// Know who the user is.
        IdentityBasic = "identity.basic",
        /// Read the user's e-mail address.
        IdentityEmail = "identity.email",
        /// Read the user's picture.
        IdentityAvatar = "identity.avatar",
    ),
    default_scopes(IdentityBasic, IdentityEmail),
    scope_separator = ",",
    offline(always),
    profile(
        subject = "/user/id",
        name = "/user/name",
        email = "/user/email",
        picture = "/user/image_192",
    ),
    dialect(
        scope_param = "user_scope",
        access_token_at = "/authed_user/access_token",
        refresh_token_at = "/authed_user/refresh_token",
        expires_in_at = "/authed_user/expires_in",
        scope_at = "/authed_user/scope",
        missing_token_type,
        token_types("bot", "user"),
        error_when(at = "/ok", is = "false"),
        invalid_grant("invalid_refresh_token", "invalid_code", "code_already_used"),
        revocation_request = bearer,
    ),
)]
pub struct Slack;
