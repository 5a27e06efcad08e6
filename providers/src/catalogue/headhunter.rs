//! HeadHunter: people and jobs at hh.ru.

use oauth_runtime::oauth_provider;

/// Signs in with HeadHunter.
///
/// Tokens: an access token lives for 14 days; a refresh token comes with every login and is good for one refresh, which
/// brings another.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: a refresh is refused before the access token has expired, so that none is made ahead.
/// Believed, not read: a refresh token comes with every login; a refresh is refused before the expiry.
#[oauth_provider(
    slug = "headhunter",
    console = "https://dev.hh.ru/admin",
    service_documentation = "https://api.hh.ru/openapi/redoc",
    setup(
        "Register an application, and wait until it has been reviewed.",
        "Enter the redirect URI in Redirect URI.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://hh.ru/oauth/authorize",
    token_endpoint = "https://hh.ru/oauth/token",
    userinfo_endpoint = "https://api.hh.ru/me",
    api_base = "https://api.hh.ru/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/first_name", email = "/email"),
    dialect(refresh_when_expired),
)]
pub struct HeadHunter;
