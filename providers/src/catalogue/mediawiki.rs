//! MediaWiki: accounts of Wikimedia, and of other wikis with the extension OAuth.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with an account of a MediaWiki wiki.
///
/// Tokens: access tokens expire; refresh tokens come with every login.
/// What an application may do is chosen when it is registered: the login names no scopes.
/// The e-mail address takes the grant to read the user's private information.
/// Believed, not read: refresh tokens come with every login.
#[oauth_provider(
    slug = "mediawiki",
    console = "https://{host}/wiki/Special:OAuthConsumerRegistration",
    service_documentation = "https://www.mediawiki.org/wiki/OAuth/For_Developers",
    setup(
        "Propose an OAuth 2.0 client, and tick that it is confidential.",
        "Enter the redirect URI in OAuth callback URL.",
        "Choose the grants, with the grant type Refresh token.",
        "Copy the client application key and secret, and wait for the approval.",
    ),
    authorization_endpoint = "https://{host}/w/rest.php/oauth2/authorize",
    token_endpoint = "https://{host}/w/rest.php/oauth2/access_token",
    userinfo_endpoint = "https://{host}/w/rest.php/oauth2/resource/profile",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/sub",
        name = "/username",
        email = "/email",
        email_verified = "/confirmed_email",
    ),
)]
pub struct MediaWiki {
    /// The host of the wiki.
    #[param(default = "meta.wikimedia.org")]
    host: Host,
}
