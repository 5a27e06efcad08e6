//! Zoom: meetings, recordings and the users of an account.

use oauth_runtime::oauth_provider;

/// Signs in with Zoom.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login and rotates.
/// The scopes are those of the app's settings: there are none to ask for.
/// E-mail addresses are never taken for verified.
/// Believed, not read: refresh tokens rotate.
#[oauth_provider(
    console = "https://marketplace.zoom.us/",
    service_documentation = "https://developers.zoom.us/docs/integrations/oauth/",
    setup(
        "Open Develop, Build App, and create a General App that users manage.",
        "Enter the redirect URI as OAuth Redirect URL, and add it to the OAuth Allow Lists.",
        "Add a scope that reads the user, and those that calls need.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://zoom.us/oauth/authorize",
    token_endpoint = "https://zoom.us/oauth/token",
    revocation_endpoint = "https://zoom.us/oauth/revoke",
    userinfo_endpoint = "https://api.zoom.us/v2/users/me",
    api_base = "https://api.zoom.us/v2/",
    offline(always),
    profile(subject = "/id", name = "/display_name", email = "/email", picture = "/pic_url")
)]
pub struct Zoom;
