//! Basecamp: the Basecamp accounts of a 37signals ID.

use oauth_runtime::oauth_provider;

/// Signs in with Basecamp.
///
/// Tokens: an access token lives for two weeks; a refresh token comes with every login.
/// There are no scopes. The answer of the userinfo endpoint lists the accounts, each with the base URL of its API.
/// E-mail addresses are never taken for verified: Basecamp does not check them.
/// Departs from RFC 6749: a `type` stands beside `grant_type`, and in the authorization request.
#[oauth_provider(
    console = "https://launchpad.37signals.com/integrations",
    service_documentation =
        "https://github.com/basecamp/api/blob/master/sections/authentication.md",
    setup(
        "Register an application, and select the products that it uses.",
        "Enter the redirect URI as Redirect URI.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://launchpad.37signals.com/authorization/new",
    token_endpoint = "https://launchpad.37signals.com/authorization/token",
    userinfo_endpoint = "https://launchpad.37signals.com/authorization.json",
    token_endpoint_auth_method = client_secret_post,
    authorization_params(type = "web_server"),
    token_params(type = "web_server"),
    offline(always),
    profile(subject = "/identity/id", email = "/identity/email_address"),
    dialect(refresh_params(type = "refresh")),
)]
pub struct Basecamp;
