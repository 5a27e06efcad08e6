//! Pipedrive: deals and contacts of sales teams.

use oauth_runtime::oauth_provider;

/// Signs in with Pipedrive.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login, and dies when it is not used
/// for sixty days.
/// The base of the company's API is in `token_response.api_domain`.
/// An installation that begins in the marketplace brings no `state`, and is no login: send people to the login.
/// E-mail addresses are never taken for verified.
#[oauth_provider(
    console = "https://app.pipedrive.com/developer-hub",
    service_documentation = "https://pipedrive.readme.io/docs/marketplace-oauth-authorization",
    setup(
        "Create an app in the Developer Hub, which a sandbox account of a developer has.",
        "Enter the redirect URI under Callback URL.",
        "Choose the access scopes under OAuth & access scopes.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://oauth.pipedrive.com/oauth/authorize",
    token_endpoint = "https://oauth.pipedrive.com/oauth/token",
    revocation_endpoint = "https://oauth.pipedrive.com/oauth/revoke",
    userinfo_endpoint = "https://api.pipedrive.com/users/me",
    api_base = "https://api.pipedrive.com/",
    scopes(
        /// Read the user's own profile and the settings of the company.
        Base = "base",
        /// Read deals.
        DealsRead = "deals:read",
        /// Create, change and delete deals.
        DealsFull = "deals:full",
        /// Read people and organisations.
        ContactsRead = "contacts:read",
        /// Create, change and delete people and organisations.
        ContactsFull = "contacts:full",
    ),
    default_scopes(Base),
    pkce = unsupported,
    offline(always),
    token_response {
        /// The base of the company's API: `https://company.pipedrive.com`.
        api_domain: String,
    },
    profile(
        subject = "/data/id",
        name = "/data/name",
        email = "/data/email",
        picture = "/data/icon_url",
    ),
)]
pub struct Pipedrive;
