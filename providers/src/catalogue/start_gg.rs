//! start.gg: players and organisers of tournaments.

use oauth_runtime::oauth_provider;

/// Signs in with start.gg.
///
/// Tokens: an access token lives for a week; a refresh token comes with every login.
/// Who the user is takes a GraphQL query, which is an API call: a `POST` to `gql/alpha`.
/// Departs from RFC 6749: the exchange and the refresh repeat the scopes, the refresh the redirect URI too; a refresh
/// token is presented at an endpoint of its own.
#[oauth_provider(
    name = "start.gg",
    console = "https://start.gg/admin/profile/developer",
    service_documentation = "https://developer.start.gg/docs/oauth/oauth-overview",
    setup(
        "Create an OAuth application in the developer settings of your account.",
        "Enter the redirect URI.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://start.gg/oauth/authorize",
    token_endpoint = "https://api.start.gg/oauth/access_token",
    api_base = "https://api.start.gg/",
    scopes(
        /// Know who the user is.
        UserIdentity = "user.identity",
        /// Read the user's e-mail address.
        UserEmail = "user.email",
    ),
    default_scopes(UserIdentity, UserEmail),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    token_params(scope = scope),
    offline(always),
    dialect(
        refresh_endpoint = "https://api.start.gg/oauth/refresh",
        refresh_params(redirect_uri = redirect_uri, scope = scope),
    ),
)]
pub struct StartGg;
