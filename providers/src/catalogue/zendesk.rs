//! Zendesk: tickets and people of a company's support.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with an account of Zendesk.
///
/// Tokens: an access token lives for half an hour, as the token request asks; a refresh token comes with every login.
/// An OAuth client belongs to one account; one for many accounts is a global client, which Zendesk grants.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: a token request says how long the token shall live, and repeats the scopes.
/// Believed, not read: a token request repeats the scopes.
#[oauth_provider(
    service_documentation =
        "https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/",
    setup(
        "Open APIs, OAuth clients in the Admin Center, and click Add OAuth client.",
        "Choose the client kind Confidential, and enter the redirect URI under Redirect URLs.",
        "Save, then copy the Identifier, which is the client ID, and the Secret.",
    ),
    authorization_endpoint = "https://{domain}/oauth/authorizations/new",
    token_endpoint = "https://{domain}/oauth/tokens",
    userinfo_endpoint = "https://{domain}/api/v2/users/me.json",
    api_base = "https://{domain}/",
    scopes(
        /// Read everything that the user may read.
        Read = "read",
        /// Create, change and delete what the user may.
        Write = "write",
        /// Read tickets.
        TicketsRead = "tickets:read",
        /// Create, change and delete tickets.
        TicketsWrite = "tickets:write",
        /// Read users.
        UsersRead = "users:read",
    ),
    default_scopes(Read),
    token_endpoint_auth_method = client_secret_post,
    token_params(expires_in = "1800", scope = scope),
    offline(always),
    profile(
        subject = "/user/id",
        name = "/user/name",
        email = "/user/email",
        picture = "/user/photo/content_url",
    ),
    dialect(refresh_params(expires_in = "1800")),
)]
pub struct Zendesk {
    /// The account's own host: `company.zendesk.com`.
    domain: Host,
}
