//! 42 School: students, their campuses and projects.

use oauth_runtime::oauth_provider;

/// Signs in with 42 School.
///
/// Tokens: an access token lives for two hours; refresh tokens come with every login.
/// E-mail addresses are never taken for verified.
/// Believed, not read: refresh tokens come with every login.
#[oauth_provider(
    name = "42 School",
    console = "https://profile.intra.42.fr/oauth/applications",
    service_documentation = "https://api.intra.42.fr/apidoc/guides/web_application_flow",
    setup(
        "Register a new app, with the scopes that it may ask for.",
        "Enter the redirect URI under Redirect URI.",
        "Copy UID and SECRET, which are the client ID and the client secret.",
    ),
    authorization_endpoint = "https://api.intra.42.fr/oauth/authorize",
    token_endpoint = "https://api.intra.42.fr/oauth/token",
    userinfo_endpoint = "https://api.intra.42.fr/v2/me",
    api_base = "https://api.intra.42.fr/",
    scopes(
        /// Read what is public of the user.
        Public = "public",
        /// Manage the user's projects.
        Projects = "projects",
        /// Change the user's profile.
        Profile = "profile",
        /// Reach videos and other lessons.
        Elearning = "elearning",
        /// Manage the user's community services.
        Tig = "tig",
        /// Read and write in the forum.
        Forum = "forum",
    ),
    default_scopes(Public),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/id",
        name = "/displayname",
        email = "/email",
        picture = "/image/link",
    ),
)]
pub struct FortyTwo;
