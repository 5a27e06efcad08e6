//! GitHub: OAuth Apps and GitHub Apps.

use oauth_runtime::oauth_provider;

/// Signs in with GitHub.
///
/// Tokens: those of an OAuth App do not expire and have no refresh token. The user tokens of a GitHub App expire unless
/// it is told otherwise, and their refresh tokens rotate.
/// Departs from RFC 6749: a refused exchange answers 200 with an error body; granted scopes are separated by commas.
/// Departs from RFC 9207: the callback names an issuer that no metadata announces. Departs from RFC 7009: tokens are
/// revoked by a call of the API, which is not declared here.
#[oauth_provider(
    slug = "github",
    console = "https://github.com/settings/developers",
    service_documentation = "https://docs.github.com/apps/oauth-apps",
    setup(
        "Click New OAuth App under OAuth Apps, or New GitHub App under GitHub Apps.",
        "Enter the redirect URI in Authorization callback URL, or in Callback URL of a GitHub App.",
        "Click Generate a new client secret, and copy it and Client ID.",
    ),
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "https://github.com/login/oauth/access_token",
    userinfo_endpoint = "https://api.github.com/user",
    api_base = "https://api.github.com/",
    scopes(
        /// Read the user's profile.
        ReadUser = "read:user",
        /// Read the user's e-mail addresses.
        UserEmail = "user:email",
        /// Read the organisations and teams that the user belongs to.
        ReadOrg = "read:org",
        /// Read and write public repositories.
        PublicRepo = "public_repo",
        /// Read and write all repositories, private ones included.
        Repo = "repo",
        /// Change workflow files of GitHub Actions.
        Workflow = "workflow",
        /// Read and write gists.
        Gist = "gist",
        /// Read notifications, and mark them as read.
        Notifications = "notifications",
    ),
    default_scopes(ReadUser, UserEmail),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/name", picture = "/avatar_url"),
    emails(
        endpoint = "https://api.github.com/user/emails",
        address = "/email",
        verified = "/verified",
        primary = "/primary",
    ),
    dialect(callback_issuer = "https://github.com/login/oauth"),
)]
pub struct GitHub;
