//! WordPress.com: accounts of people, and the sites that they write on.

use oauth_runtime::oauth_provider;

/// Signs in with WordPress.com.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// A token is for one site, which the token response names as `blog_id` and `blog_url`; with `global` it is for all.
/// Sites that are hosted elsewhere are reached only if they are connected by Jetpack.
/// Believed, not read: access tokens do not expire; a token is for one site unless `global` is asked for.
#[oauth_provider(
    name = "WordPress.com",
    slug = "wordpress",
    console = "https://developer.wordpress.com/apps/",
    service_documentation = "https://developer.wordpress.com/docs/oauth2/",
    setup(
        "Click Create New Application, and choose the type Web.",
        "Enter the redirect URI under Redirect URLs.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://public-api.wordpress.com/oauth2/authorize",
    token_endpoint = "https://public-api.wordpress.com/oauth2/token",
    userinfo_endpoint = "https://public-api.wordpress.com/rest/v1.1/me",
    api_base = "https://public-api.wordpress.com/",
    scopes(
        /// Know who the user is.
        Auth = "auth",
        /// Use all sites of the user.
        Global = "global",
        /// Read and write posts.
        Posts = "posts",
        /// Read and upload media.
        Media = "media",
        /// Read and change settings of sites.
        Sites = "sites",
        /// Read statistics of sites.
        Stats = "stats",
    ),
    default_scopes(Auth),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(
        subject = "/ID",
        name = "/display_name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/avatar_URL",
    ),
)]
pub struct WordPress;
