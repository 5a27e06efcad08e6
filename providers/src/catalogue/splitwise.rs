//! Splitwise: people, their groups and shared expenses.

use oauth_runtime::oauth_provider;

/// Signs in with Splitwise.
///
/// Tokens: nothing is known of how long they live; there are no refresh tokens.
/// Believed, not read: there are no refresh tokens.
#[oauth_provider(
    console = "https://secure.splitwise.com/apps",
    service_documentation = "https://dev.splitwise.com/",
    setup(
        "Register your application.",
        "Set Callback URL to the redirect URI.",
        "Copy Consumer Key and Consumer Secret.",
    ),
    authorization_endpoint = "https://secure.splitwise.com/oauth/authorize",
    token_endpoint = "https://secure.splitwise.com/oauth/token",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
)]
pub struct Splitwise;
