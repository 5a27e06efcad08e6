//! ClassLink: pupils, students and teachers of school districts.

use oauth_runtime::oauth_provider;

/// Signs in with ClassLink.
///
/// Tokens: nothing is known of how long an access token lives; there are no refresh tokens.
/// E-mail addresses are never taken for verified: a district gives any address.
#[oauth_provider(
    slug = "classlink",
    console = "https://developer.classlink.com/",
    service_documentation = "https://developer.classlink.com/docs/oauth2-workflow",
    setup(
        "Register an application with ClassLink.",
        "Enter the redirect URI.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://launchpad.classlink.com/oauth2/v2/auth",
    token_endpoint = "https://launchpad.classlink.com/oauth2/v2/token",
    userinfo_endpoint = "https://nodeapi.classlink.com/v2/my/info",
    scopes(
        /// Know who the user is, and read the user's profile.
        Profile = "profile",
        /// Read the user's roster data and classes.
        OneRoster = "oneroster",
        /// Use every public API.
        Full = "full",
    ),
    default_scopes(Profile),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/UserId", name = "/DisplayName", email = "/Email"),
)]
pub struct ClassLink;
