//! Campaign Monitor: mail campaigns, lists and subscribers.

use oauth_runtime::oauth_provider;

/// Signs in with Campaign Monitor.
///
/// Tokens: an access token lives for two weeks; a refresh token comes with every login.
/// Departs from RFC 6749: scopes are separated by commas, the authorization request has a `type`, and the answer of the
/// token endpoint no `token_type`.
/// Believed, not read: scopes are separated by commas; the authorization request has a `type`; there is a refresh token
/// with every login.
#[oauth_provider(
    name = "Campaign Monitor",
    service_documentation = "https://www.campaignmonitor.com/api/v3-3/getting-started/",
    setup(
        "Open Integrations, then OAuth Registration, and register an application.",
        "Enter the redirect URI as Redirect URI.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://api.createsend.com/oauth",
    token_endpoint = "https://api.createsend.com/oauth/token",
    scopes(
        /// Read the reports of campaigns.
        ViewReports = "ViewReports",
        /// Read which subscribers stand behind a report.
        ViewSubscribersInReports = "ViewSubscribersInReports",
        /// Create campaigns.
        CreateCampaigns = "CreateCampaigns",
        /// Send campaigns.
        SendCampaigns = "SendCampaigns",
        /// Create and change lists.
        ManageLists = "ManageLists",
        /// Add subscribers to lists.
        ImportSubscribers = "ImportSubscribers",
        /// Create and change templates.
        ManageTemplates = "ManageTemplates",
        /// Administer the account.
        AdministerAccount = "AdministerAccount",
    ),
    default_scopes(ViewReports),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    authorization_params(type = "web_server"),
    offline(always),
    dialect(missing_token_type),
)]
pub struct CampaignMonitor;
