//! Drip: accounts that send e-mail campaigns of shops.

use oauth_runtime::oauth_provider;

/// Signs in with Drip.
///
/// Tokens: access tokens do not expire; there are no refresh tokens.
/// There is no profile: the userinfo endpoint gives a name and an e-mail address, and no identifier that stays.
/// Believed, not read: access tokens do not expire, and there are no refresh tokens.
#[oauth_provider(
    console = "https://www.getdrip.com/user/applications",
    service_documentation = "https://developer.drip.com/",
    setup(
        "Create an OAuth application.",
        "Enter the redirect URI under Callback URL, and activate the application.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://www.getdrip.com/oauth/authorize",
    token_endpoint = "https://www.getdrip.com/oauth/token",
    userinfo_endpoint = "https://api.getdrip.com/v2/user",
    api_base = "https://api.getdrip.com/v2/",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
)]
pub struct Drip;
