//! Frappe: the users of a Frappe or ERPNext server.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a Frappe or ERPNext server.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
/// ID tokens are signed with `HS256`, which the builder is told by `id_token_signed_response_alg`.
/// E-mail addresses are never taken for verified.
/// Departs from OpenID Connect Discovery: the metadata name no `jwks_uri`. Departs from RFC 7009: a revocation needs no
/// proof of the client.
/// Believed, not read: a refresh token comes with every login.
#[oauth_provider(
    service_documentation =
        "https://docs.frappe.io/framework/user/en/guides/integration/how_to_set_up_oauth",
    setup(
        "Create an OAuth Client on the server.",
        "Enter the redirect URI in Redirect URIs and in Default Redirect URI.",
        "Enter openid in Scopes, and all if the API is to be called.",
        "Copy App Client ID and App Client Secret.",
    ),
    issuer = "https://{host}",
    authorization_endpoint = "https://{host}/api/method/frappe.integrations.oauth2.authorize",
    token_endpoint = "https://{host}/api/method/frappe.integrations.oauth2.get_token",
    revocation_endpoint = "https://{host}/api/method/frappe.integrations.oauth2.revoke_token",
    userinfo_endpoint = "https://{host}/api/method/frappe.integrations.oauth2.openid_profile",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Call the API with all rights of the user.
        All = "all",
    ),
    default_scopes(OpenId),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/sub", name = "/name", email = "/email", picture = "/picture"),
)]
pub struct Frappe {
    /// The host of the server: `erp.example.com`.
    host: Host,
}
