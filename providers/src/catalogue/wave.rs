//! Wave: books, customers and invoices of small businesses.

use oauth_runtime::oauth_provider;

/// Signs in with Wave.
///
/// Tokens: nothing is known of how long they live; a refresh token comes with the scope `offline_access`.
/// Who the user is takes a GraphQL query, which is an API call.
/// A user can grant access only to a business with a paid plan.
/// Believed, not read: a refresh token comes with the scope `offline_access`.
#[oauth_provider(
    console = "https://developer.waveapps.com/",
    service_documentation =
        "https://developer.waveapps.com/hc/en-us/articles/360019493652-OAuth-Guide",
    setup(
        "Open My Apps and click Create an application.",
        "Enter the redirect URI.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://api.waveapps.com/oauth2/authorize",
    token_endpoint = "https://api.waveapps.com/oauth2/token/",
    api_base = "https://gql.waveapps.com/",
    scopes(
        /// Read the user's own profile.
        UserRead = "user:read",
        /// Read the user's businesses.
        BusinessRead = "business:read",
        /// Read the chart of accounts.
        AccountRead = "account:read",
        /// Read customers.
        CustomerRead = "customer:read",
        /// Read invoices.
        InvoiceRead = "invoice:read",
        /// Create and delete invoices.
        InvoiceWrite = "invoice:write",
        /// Read transactions.
        TransactionRead = "transaction:read",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(UserRead),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
)]
pub struct Wave;
