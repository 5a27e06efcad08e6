//! Harvest: times, expenses and invoices of teams.

use oauth_runtime::oauth_provider;

/// Signs in with Harvest.
///
/// Tokens: an access token lives for 14 days; a refresh token comes with every login.
/// API calls also need the header `Harvest-Account-Id`: add it to each call. Who the user is, is such a call too.
/// Departs from RFC 6749: the callback tells in `scope` which account was granted, as `harvest:ID`.
/// Believed, not read: the account is in the callback.
#[oauth_provider(
    console = "https://id.getharvest.com/developers",
    service_documentation =
        "https://help.getharvest.com/api-v2/authentication-api/authentication/authentication/",
    setup(
        "Click Create new OAuth2 application.",
        "Enter the redirect URI in Redirect URL, and choose one or several accounts, and Harvest.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://id.getharvest.com/oauth2/authorize",
    token_endpoint = "https://id.getharvest.com/api/v2/oauth2/token",
    api_base = "https://api.harvestapp.com/v2/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    dialect(callback_once("scope")),
)]
pub struct Harvest;
