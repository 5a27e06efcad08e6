//! YNAB: budgets, accounts and transactions of people.

use oauth_runtime::oauth_provider;

/// Signs in with YNAB.
///
/// Tokens: an access token lives for two hours; a refresh token comes with every login.
/// A login asks for `read-only`; one that asks for no scope may also change budgets.
/// There is an identifier of the user, and neither a name nor an address.
/// Believed, not read: the endpoints are on `app.ynab.com`; a refresh token comes with every login.
#[oauth_provider(
    name = "YNAB",
    console = "https://app.ynab.com/settings/developer",
    service_documentation = "https://api.ynab.com/",
    setup(
        "Click New Application under OAuth Applications.",
        "Enter the redirect URI under Redirect URI(s).",
        "Copy the Client ID and the Client Secret.",
        "Request a review before more than a few people sign in.",
    ),
    authorization_endpoint = "https://app.ynab.com/oauth/authorize",
    token_endpoint = "https://app.ynab.com/oauth/token",
    userinfo_endpoint = "https://api.ynab.com/v1/user",
    api_base = "https://api.ynab.com/v1/",
    scopes(
        /// Read budgets, and change nothing.
        ReadOnly = "read-only",
    ),
    default_scopes(ReadOnly),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/data/user/id"),
)]
pub struct Ynab;
