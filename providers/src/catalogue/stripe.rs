//! Stripe: accounts of businesses, by Stripe Connect.

use oauth_runtime::oauth_provider;

/// Signs in with Stripe, which connects an account to a platform.
///
/// Tokens: an access token does not expire; a refresh token comes with every login.
/// The connected account is in `token_response.stripe_user_id`.
/// E-mail addresses are never taken for verified. The client secret is the secret key of the platform's API.
/// Stripe Apps have other endpoints.
/// Departs from RFC 7009: a revocation names the account and carries the secret as a bearer token; it is not declared.
/// Believed, not read: how an account is disconnected.
#[oauth_provider(
    console = "https://dashboard.stripe.com/settings/connect",
    service_documentation = "https://docs.stripe.com/connect/oauth-reference",
    setup(
        "Turn on OAuth in the settings of Connect.",
        "Add the redirect URI there under Redirects.",
        "Copy the client ID, which begins with ca_, and the secret key of the API.",
    ),
    authorization_endpoint = "https://connect.stripe.com/oauth/authorize",
    token_endpoint = "https://connect.stripe.com/oauth/token",
    userinfo_endpoint = "https://api.stripe.com/v1/account",
    api_base = "https://api.stripe.com/",
    scopes(
        /// Read the account's data.
        ReadOnly = "read_only",
        /// Read and write the account's data, payments included.
        ReadWrite = "read_write",
    ),
    default_scopes(ReadOnly),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The connected account.
        stripe_user_id: String,
        /// Whether it is a live account, and no test.
        livemode: bool,
        /// The key that browsers may have.
        stripe_publishable_key: Option<String>,
    },
    profile(subject = "/id", name = "/settings/dashboard/display_name", email = "/email"),
)]
pub struct Stripe;
