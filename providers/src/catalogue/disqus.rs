//! Disqus: people who comment, and forums.

use oauth_runtime::oauth_provider;

/// Signs in with Disqus.
///
/// Tokens: an access token lives for 30 days; refresh tokens come with every login.
/// API calls also need the client ID as `api_key` in the query: add it to each call. E-mail addresses are never taken
/// for verified.
/// Departs from RFC 6749: scopes are separated by commas. Departs from RFC 6750: the access token travels in the query.
#[oauth_provider(
    console = "https://disqus.com/api/applications/",
    service_documentation = "https://disqus.com/api/docs/auth/",
    setup(
        "Register an application.",
        "Enter the redirect URI under Callback URL in its settings.",
        "Copy API Key and API Secret, which are the client ID and the client secret.",
    ),
    authorization_endpoint = "https://disqus.com/api/oauth/2.0/authorize/",
    token_endpoint = "https://disqus.com/api/oauth/2.0/access_token/",
    userinfo_endpoint = "https://disqus.com/api/3.0/users/details.json",
    scopes(
        /// Read what the user can read.
        Read = "read",
        /// Comment and vote as the user.
        Write = "write",
        /// Read the user's e-mail address.
        Email = "email",
        /// Moderate the user's forums.
        Admin = "admin",
    ),
    default_scopes(Read, Email),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/response/id",
        name = "/response/name",
        email = "/response/email",
        picture = "/response/avatar/permalink",
    ),
    dialect(access_token_param = "access_token", userinfo_params(api_key = client_id)),
)]
pub struct Disqus;
