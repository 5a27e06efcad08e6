//! FACEIT: players of competitive games.

use oauth_runtime::oauth_provider;

/// Signs in with FACEIT.
///
/// Tokens: nothing is known of how long they live; refresh tokens come with every login.
/// Departs from OpenID Connect: what the issuer publishes is not where it should be, and userinfo has no `sub`; an ID token is
/// not looked at, and the userinfo endpoint says who the user is.
/// Believed, not read: refresh tokens come with every login.
#[oauth_provider(
    name = "FACEIT",
    console = "https://developers.faceit.com/apps",
    service_documentation = "https://docs.faceit.com/getting-started/authentication/oauth2",
    setup(
        "Create an app in App Studio, with an OAuth2 consent screen and an OAuth2 client.",
        "Enter the redirect URI in the client.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://accounts.faceit.com/accounts",
    token_endpoint = "https://api.faceit.com/auth/v1/oauth/token",
    userinfo_endpoint = "https://api.faceit.com/auth/v1/resources/userinfo",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's name.
        Profile = "profile",
        /// Read whether the user is a paying member.
        Membership = "membership",
    ),
    default_scopes(OpenId, Email, Profile),
    authorization_params(redirect_popup = "true"),
    offline(always),
    profile(
        subject = "/guid",
        name = "/nickname",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
    dialect(missing_id_token),
)]
pub struct Faceit;
