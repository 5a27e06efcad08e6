//! Sage Accounting: the books of small businesses.

use oauth_runtime::oauth_provider;

/// Signs in with Sage Accounting.
///
/// Tokens: an access token lives for five minutes; a refresh token comes with every login, and is good for one use.
/// E-mail addresses are never taken for verified.
/// Believed, not read: a refresh token is good for one use.
#[oauth_provider(
    name = "Sage Accounting",
    console = "https://developerselfservice.sageone.com/",
    service_documentation = "https://developer.sage.com/accounting/",
    setup(
        "Create an app.",
        "Enter the redirect URI as the callback URL.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://www.sageone.com/oauth2/auth/central",
    token_endpoint = "https://oauth.accounting.sage.com/token",
    userinfo_endpoint = "https://api.accounting.sage.com/v3.1/user",
    api_base = "https://api.accounting.sage.com/v3.1/",
    scopes(
        /// Read and write the books.
        FullAccess = "full_access",
        /// Read the books.
        ReadOnly = "readonly",
    ),
    default_scopes(FullAccess),
    token_endpoint_auth_method = client_secret_post,
    authorization_params(filter = "apiv3.1"),
    offline(always),
    profile(subject = "/id", name = "/first_name", email = "/email"),
)]
pub struct Sage;
