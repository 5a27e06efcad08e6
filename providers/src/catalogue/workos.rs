//! WorkOS: single sign-on with the directories of an application's customers.

use oauth_runtime::oauth_provider;

/// Signs in with WorkOS SSO.
///
/// Tokens: nothing is known of how long they live; there are no refresh tokens.
/// Every login names one of `connection`, `organization` and `provider`: add it as a parameter of the login.
/// There are no scopes. The profile stands in the token response too, as `profile`.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: there is no `token_type`.
#[oauth_provider(
    slug = "workos",
    console = "https://dashboard.workos.com/",
    service_documentation = "https://workos.com/docs/reference/sso",
    setup(
        "Add the redirect URI under Redirects.",
        "Set up a connection for an organization, or switch on a provider.",
        "Copy the Client ID, and an API key as the client secret.",
    ),
    authorization_endpoint = "https://api.workos.com/sso/authorize",
    token_endpoint = "https://api.workos.com/sso/token",
    userinfo_endpoint = "https://api.workos.com/sso/profile",
    api_base = "https://api.workos.com/",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/id", name = "/first_name", email = "/email"),
    dialect(missing_token_type),
)]
pub struct WorkOS;
