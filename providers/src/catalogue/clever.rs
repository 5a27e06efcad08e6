//! Clever: pupils, teachers and staff of school districts.

use oauth_runtime::oauth_provider;

/// Signs in with Clever.
///
/// Tokens: nothing is known of how long an access token lives; there are no refresh tokens.
/// The parameter `district_id` of the authorization request chooses the district.
/// The user's name and e-mail address take a call of their own, `users/{id}`.
/// A callback of a login that began in the Clever Portal has no state and is refused: start a login of your own then.
/// Believed, not read: the client proves itself by HTTP Basic; there are no refresh tokens.
#[oauth_provider(
    console = "https://account.clever.com/partner/applications",
    service_documentation = "https://dev.clever.com/docs/oauth-implementation",
    setup(
        "Open your application in the developer dashboard.",
        "Enter the redirect URI under Redirect URIs in its settings.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://clever.com/oauth/authorize",
    token_endpoint = "https://clever.com/oauth/tokens",
    userinfo_endpoint = "https://api.clever.com/v3.0/me",
    api_base = "https://api.clever.com/v3.0/",
    offline(never),
    profile(subject = "/data/id")
)]
pub struct Clever;
