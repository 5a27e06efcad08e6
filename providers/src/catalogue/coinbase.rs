//! Coinbase: wallets of people, and what they hold.

use oauth_runtime::oauth_provider;

/// Signs in with Coinbase.
///
/// Tokens: an access token lives for an hour; a refresh token comes with the scope `offline_access`, lives for a year
/// and a half, and is good for one use.
/// API calls carry a date in the header `CB-VERSION`: add it to each call.
/// E-mail addresses are never taken for verified.
#[oauth_provider(
    console = "https://portal.cdp.coinbase.com/projects/api-keys/oauth",
    service_documentation =
        "https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/overview",
    setup(
        "Ask Coinbase for access: new OAuth clients are for approved partners.",
        "Create an OAuth client in the portal, with its scopes.",
        "Enter the redirect URI.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://login.coinbase.com/oauth2/auth",
    token_endpoint = "https://login.coinbase.com/oauth2/token",
    revocation_endpoint = "https://login.coinbase.com/oauth2/revoke",
    userinfo_endpoint = "https://api.coinbase.com/v2/user",
    api_base = "https://api.coinbase.com/",
    scopes(
        /// Read the user's name and picture.
        UserRead = "wallet:user:read",
        /// Read the user's e-mail address.
        UserEmail = "wallet:user:email",
        /// Read the user's accounts and balances.
        AccountsRead = "wallet:accounts:read",
        /// Read the user's transactions.
        TransactionsRead = "wallet:transactions:read",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(UserRead, UserEmail),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
    profile(
        subject = "/data/id",
        name = "/data/name",
        email = "/data/email",
        picture = "/data/avatar_url",
    ),
)]
pub struct Coinbase;
