//! Naver: accounts of people in Korea.

use oauth_runtime::oauth_provider;

/// Signs in with Naver.
///
/// Tokens: an access token lives for an hour; refresh tokens come with every login.
/// What of the user is asked for is chosen when the application is registered: the login names no scopes.
/// An e-mail address is never taken for verified.
/// Departs from RFC 6749: the token request repeats the state; an error comes with status 200, a lifetime as text.
/// Departs from RFC 7009: a token is revoked at the token endpoint by `grant_type=delete`, which is not declared.
/// Believed, not read: an access token lives for an hour; the state, the status of errors and the revocation.
#[oauth_provider(
    console = "https://developers.naver.com/apps/",
    service_documentation = "https://developers.naver.com/docs/login/api/api.md",
    setup(
        "Register an application with the API Naver Login, and choose the data to ask for.",
        "Add the environment PC web, and enter the redirect URI in Callback URL.",
        "Copy Client ID and Client Secret.",
        "Ask for a review: before it only registered testers can sign in.",
    ),
    authorization_endpoint = "https://nid.naver.com/oauth2.0/authorize",
    token_endpoint = "https://nid.naver.com/oauth2.0/token",
    userinfo_endpoint = "https://openapi.naver.com/v1/nid/me",
    api_base = "https://openapi.naver.com/",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    token_params(state = state),
    offline(always),
    profile(
        subject = "/response/id",
        name = "/response/name",
        email = "/response/email",
        picture = "/response/profile_image",
    ),
)]
pub struct Naver;
