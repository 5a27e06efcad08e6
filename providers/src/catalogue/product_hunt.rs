//! Product Hunt: products of the day and their makers.

use oauth_runtime::oauth_provider;

/// Signs in with Product Hunt.
///
/// Tokens: access tokens do not expire, and there are no refresh tokens.
/// Who the user is takes a GraphQL query, which is an API call.
/// Believed, not read: access tokens do not expire.
#[oauth_provider(
    name = "Product Hunt",
    console = "https://www.producthunt.com/v2/oauth/applications",
    service_documentation = "https://api.producthunt.com/v2/docs",
    setup(
        "Add an application.",
        "Enter the redirect URI under Redirect URI.",
        "Copy the API key and the API secret, which are the client ID and the client secret.",
    ),
    authorization_endpoint = "https://api.producthunt.com/v2/oauth/authorize",
    token_endpoint = "https://api.producthunt.com/v2/oauth/token",
    scopes(
        /// Read what everybody may see.
        Public = "public",
        /// Read the user's own data.
        Private = "private",
        /// Write for the user, once Product Hunt has approved the application.
        Write = "write",
    ),
    default_scopes(Public, Private),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
)]
pub struct ProductHunt;
