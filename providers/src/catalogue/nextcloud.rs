//! Nextcloud: users of a cloud that somebody runs.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a user of a Nextcloud server.
///
/// Tokens: an access token lives for an hour; refresh tokens come with every login, and a refresh replaces them.
/// There are no scopes: a token does all that the user can do. The user is in `token_response.user_id`.
/// API calls take `format=json` in their query. An e-mail address is never taken for verified.
/// Departs from RFC 6749: a code or refresh token that is no longer good is an `invalid_request`.
#[oauth_provider(
    console = "https://{host}/settings/admin/security",
    service_documentation =
        "https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html",
    setup(
        "As an administrator, open Security in the administration settings.",
        "Enter a name and the redirect URI, in Redirection URI, under OAuth 2.0 clients.",
        "Add the client, and copy its identifier and its secret.",
    ),
    authorization_endpoint = "https://{host}/apps/oauth2/authorize",
    token_endpoint = "https://{host}/apps/oauth2/api/v1/token",
    userinfo_endpoint = "https://{host}/ocs/v2.php/cloud/user?format=json",
    api_base = "https://{host}/ocs/v2.php/",
    pkce = unsupported,
    offline(always),
    headers("OCS-APIRequest" = "true"),
    token_response {
        /// The user.
        user_id: String,
    },
    profile(subject = "/ocs/data/id", name = "/ocs/data/display-name", email = "/ocs/data/email"),
    dialect(invalid_grant("invalid_request")),
)]
pub struct Nextcloud {
    /// The host of the server, with or without a port.
    host: Host,
}
