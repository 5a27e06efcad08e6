//! Adobe: Adobe IDs, and the accounts of organisations at Adobe.

use oauth_runtime::oauth_provider;

/// Signs in with Adobe.
///
/// Tokens: an access token lives for a day, a refresh token for two weeks; there is a refresh token with the scope
/// `offline_access`, which `.offline_access(true)` asks for.
/// Departs from RFC 6749: scopes are separated by commas.
#[oauth_provider(
    console = "https://developer.adobe.com/console",
    service_documentation =
        "https://developer.adobe.com/developer-console/docs/guides/authentication/",
    setup(
        "Create a project in the Developer Console, and add an API to it.",
        "Choose the credential OAuth Web App.",
        "Enter the redirect URI as default, and as Redirect URI pattern with its dots escaped.",
        "Copy the Client ID and the Client Secret.",
    ),
    issuer = "https://ims-na1.adobelogin.com",
    authorization_endpoint = "https://ims-na1.adobelogin.com/ims/authorize/v2",
    token_endpoint = "https://ims-na1.adobelogin.com/ims/token/v3",
    revocation_endpoint = "https://ims-na1.adobelogin.com/ims/revoke",
    userinfo_endpoint = "https://ims-na1.adobelogin.com/ims/userinfo/v2",
    jwks_uri = "https://ims-na1.adobelogin.com/ims/keys",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Use the account with which the user signs in at Adobe.
        AdobeId = "AdobeID",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(OpenId, AdobeId),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
    ),
)]
pub struct Adobe;
