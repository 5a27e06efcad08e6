//! HubSpot: contacts, companies and deals of a HubSpot account.

use oauth_runtime::oauth_provider;

/// Signs in with HubSpot.
///
/// Tokens: an access token lives for half an hour; a refresh token comes with every login.
/// Who the user is, is told by a call that carries the access token as a parameter, which is not declared here.
/// Departs from RFC 6749: scopes that an account may lack stand in a second parameter, `optional_scope`.
#[oauth_provider(
    slug = "hubspot",
    console = "https://developers.hubspot.com",
    service_documentation = "https://developers.hubspot.com/docs/api/working-with-oauth",
    setup(
        "Create an app in your developer account, and open its Auth tab.",
        "Enter the redirect URI in Redirect URLs.",
        "Add the very scopes that the application asks for.",
        "Copy Client ID and Client secret.",
    ),
    authorization_endpoint = "https://app.hubspot.com/oauth/authorize",
    token_endpoint = "https://api.hubapi.com/oauth/2026-03/token",
    revocation_endpoint = "https://api.hubapi.com/oauth/2026-03/token/revoke",
    api_base = "https://api.hubapi.com/",
    scopes(
        /// Connect to the account, as every application does.
        OAuth = "oauth",
        /// Read contacts.
        ContactsRead = "crm.objects.contacts.read",
        /// Create, change and delete contacts.
        ContactsWrite = "crm.objects.contacts.write",
        /// Read companies.
        CompaniesRead = "crm.objects.companies.read",
        /// Read deals.
        DealsRead = "crm.objects.deals.read",
        /// Create, change and delete deals.
        DealsWrite = "crm.objects.deals.write",
        /// Read and write tickets.
        Tickets = "tickets",
    ),
    default_scopes(OAuth),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
)]
pub struct HubSpot;
