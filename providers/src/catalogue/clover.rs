//! Clover: merchants, their orders, inventory and payments.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Clover.
///
/// Tokens: access tokens expire; refresh tokens come with every login, expire too, and each is good for one use.
/// The merchant is the callback's `merchant_id`, which is kept with the tokens; the employee is its `employee_id`.
/// There are no scopes: what an application may do is set in its settings.
/// Departs from RFC 6749: token requests are JSON; lifetimes are instants; there is no `token_type`; a refresh has an
/// endpoint of its own.
#[oauth_provider(
    console = "https://www.clover.com/developer-home",
    service_documentation = "https://docs.clover.com/dev/docs/high-trust-app-auth-flow",
    setup(
        "Create an app of the type Web, and select what it may do under Requested Permissions.",
        "Set Site URL in REST Configuration to the redirect URI, or to a URL above it.",
        "Copy App ID and App Secret, which are the client ID and the client secret.",
    ),
    authorization_endpoint = "https://{authorize_host}/oauth/v2/authorize",
    token_endpoint = "https://{api_host}/oauth/v2/token",
    api_base = "https://{api_host}/",
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    dialect(
        callback_params("merchant_id"),
        callback_once("employee_id"),
        token_request = json,
        expires_in_at = "/access_token_expiration",
        expires_in = timestamp,
        missing_token_type,
        refresh_endpoint = "https://{api_host}/oauth/v2/refresh",
    ),
)]
pub struct Clover {
    /// Where merchants log in: that of the region, or `sandbox.dev.clover.com`.
    #[param(default = "www.clover.com")]
    authorize_host: Host,
    /// The host of the API: that of the region, or `apisandbox.dev.clover.com`.
    #[param(default = "api.clover.com")]
    api_host: Host,
}
