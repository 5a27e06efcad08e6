//! Trustpilot: businesses, and the reviews of them.

use oauth_runtime::oauth_provider;

/// Signs in with Trustpilot Business.
///
/// Tokens: an access token lives for a hundred hours; a refresh token comes with every login.
/// Departs from RFC 6749: the answer has no `token_type`; a refresh token is presented at an endpoint of its own.
#[oauth_provider(
    service_documentation = "https://developers.trustpilot.com/grant-type-auth-code",
    setup(
        "In Trustpilot Business open Integrations, Developers, APIs.",
        "Select Create Application, and enter the redirect URI.",
        "Copy API Key and API Secret.",
    ),
    authorization_endpoint = "https://authenticate.trustpilot.com",
    token_endpoint =
        "https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/accesstoken",
    api_base = "https://api.trustpilot.com/",
    pkce = unsupported,
    offline(always),
    dialect(
        missing_token_type,
        refresh_endpoint =
            "https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/refresh",
    ),
)]
pub struct Trustpilot;
