//! FreshBooks: invoices, expenses and times of small companies.

use oauth_runtime::oauth_provider;

/// Signs in with FreshBooks.
///
/// Tokens: an access token lives for twelve hours; a refresh token comes with every login and is good for one refresh,
/// which brings another.
/// A token names no company: those of the user are in the answer of the userinfo endpoint.
/// E-mail addresses are never taken for verified.
/// Believed, not read: a refresh token comes with every login.
#[oauth_provider(
    slug = "freshbooks",
    console = "https://my.freshbooks.com",
    service_documentation = "https://www.freshbooks.com/api/authentication",
    setup(
        "Open the developer page of your account and click Create New App.",
        "Add the scopes that the application asks for.",
        "Enter the redirect URI in Redirect URIs.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://auth.freshbooks.com/oauth/authorize",
    token_endpoint = "https://api.freshbooks.com/auth/oauth/token",
    userinfo_endpoint = "https://api.freshbooks.com/auth/api/v1/users/me",
    api_base = "https://api.freshbooks.com/",
    scopes(
        /// Read the user's profile and companies.
        ProfileRead = "user:profile:read",
        /// Read clients.
        ClientsRead = "user:clients:read",
        /// Read invoices.
        InvoicesRead = "user:invoices:read",
        /// Create and change invoices.
        InvoicesWrite = "user:invoices:write",
        /// Read expenses.
        ExpensesRead = "user:expenses:read",
        /// Read projects.
        ProjectsRead = "user:projects:read",
        /// Read time entries.
        TimeEntriesRead = "user:time_entries:read",
        /// Create and change time entries.
        TimeEntriesWrite = "user:time_entries:write",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/response/id", name = "/response/first_name", email = "/response/email"),
)]
pub struct FreshBooks;
