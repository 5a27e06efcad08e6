//! Salesforce: customers and sales of organisations.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with an organisation of Salesforce.
///
/// Tokens: the session settings of the organisation say how long an access token lives; its answer does not. A refresh
/// token comes with the scope `refresh_token`, and stays, unless the application has rotation switched on.
/// The API of the organisation is at `token_response.instance_url`, a host that is known after the login alone.
/// Departs from RFC 6749: the answer has no `expires_in`.
#[oauth_provider(
    service_documentation =
        "https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm",
    setup(
        "Create an external client app or a connected app in Setup, and enable OAuth.",
        "Enter the redirect URI under Callback URL.",
        "Select the OAuth scopes: openid, email, profile, and refresh_token if you need it.",
        "Copy the consumer key as the client ID, and the consumer secret as the client secret.",
    ),
    issuer = "https://{host}",
    authorization_endpoint = "https://{host}/services/oauth2/authorize",
    token_endpoint = "https://{host}/services/oauth2/token",
    revocation_endpoint = "https://{host}/services/oauth2/revoke",
    userinfo_endpoint = "https://{host}/services/oauth2/userinfo",
    jwks_uri = "https://{host}/id/keys",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's name.
        Profile = "profile",
        /// Read and write the data of the organisation that the user may reach.
        Api = "api",
        /// Stay connected while the user is away.
        RefreshToken = "refresh_token",
    ),
    default_scopes(OpenId, Email, Profile),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = RefreshToken),
    token_response {
        /// The base of the organisation's API: `https://company.my.salesforce.com`.
        instance_url: String,
        /// The URL that names the user.
        id: String,
    },
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub struct Salesforce {
    /// Where people sign in: `login.salesforce.com`, `test.salesforce.com` for sandboxes, or the organisation's host.
    #[param(default = "login.salesforce.com")]
    host: Host,
}
