//! Constant Contact: accounts that send e-mail campaigns.

use oauth_runtime::oauth_provider;

/// Signs in with Constant Contact.
///
/// Tokens: access tokens expire; a refresh token comes with the scope `offline_access`, and rotates or stays as the
/// application is set.
/// The profile is that of the account, and takes the scope `account_read`. E-mail addresses are never taken for
/// verified.
#[oauth_provider(
    name = "Constant Contact",
    console = "https://app.constantcontact.com/pages/dma/portal/",
    service_documentation = "https://developer.constantcontact.com/api_guide/auth_overview.html",
    setup(
        "Create an application under My Applications, with the authorization code flow.",
        "Choose between rotating and long-lived refresh tokens.",
        "Add the redirect URI under Redirect URI.",
        "Generate a client secret; copy it and API Key, which is the client ID.",
    ),
    authorization_endpoint = "https://authz.constantcontact.com/oauth2/default/v1/authorize",
    token_endpoint = "https://authz.constantcontact.com/oauth2/default/v1/token",
    userinfo_endpoint = "https://api.cc.email/v3/account/summary",
    api_base = "https://api.cc.email/v3/",
    scopes(
        /// Read the data of the account.
        AccountRead = "account_read",
        /// Change the data of the account.
        AccountUpdate = "account_update",
        /// Read and write contacts, and read reports of them.
        ContactData = "contact_data",
        /// Read and write e-mail campaigns, and read reports of them.
        CampaignData = "campaign_data",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    pkce = unsupported,
    offline(scope = OfflineAccess),
    profile(
        subject = "/encoded_account_id",
        name = "/organization_name",
        email = "/contact_email",
    ),
)]
pub struct ConstantContact;
