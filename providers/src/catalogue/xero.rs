//! Xero: books, contacts and invoices of organisations.

use oauth_runtime::oauth_provider;

/// Signs in with Xero.
///
/// Tokens: an access token lives for 30 minutes; a refresh token comes with the scope `offline_access` and rotates.
/// API calls also need the header `xero-tenant-id`: add it to each call. `GET https://api.xero.com/connections` lists
/// the organisations that the user chose.
/// E-mail addresses are never taken for verified.
/// Believed, not read: refresh tokens rotate, and one that was used stays good for half an hour.
#[oauth_provider(
    console = "https://developer.xero.com/app/manage",
    service_documentation = "https://developer.xero.com/documentation/guides/oauth2/auth-flow",
    setup(
        "Click New app, and choose the integration type Web app.",
        "Enter the redirect URI.",
        "Generate a secret under Configuration, and copy it with the Client id.",
    ),
    issuer = "https://identity.xero.com",
    authorization_endpoint = "https://login.xero.com/identity/connect/authorize",
    token_endpoint = "https://identity.xero.com/connect/token",
    revocation_endpoint = "https://identity.xero.com/connect/revocation",
    userinfo_endpoint = "https://identity.xero.com/connect/userinfo",
    jwks_uri = "https://identity.xero.com/.well-known/openid-configuration/jwks",
    api_base = "https://api.xero.com/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read and write contacts.
        Contacts = "accounting.contacts",
        /// Read and write settings of an organisation, such as accounts and tax rates.
        Settings = "accounting.settings",
        /// Read and write invoices.
        Invoices = "accounting.invoices",
        /// Read and write payments.
        Payments = "accounting.payments",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(OpenId, Profile, Email),
    offline(scope = OfflineAccess),
    profile(subject = "/sub", name = "/name", email = "/email"),
)]
pub struct Xero;
