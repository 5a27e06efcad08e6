//! Foursquare: accounts of Foursquare and Swarm.

use oauth_runtime::oauth_provider;

/// Signs in with Foursquare.
///
/// Tokens: an access token does not expire; there are no refresh tokens.
/// API calls also need the parameter `v`, a date as `YYYYMMDD`: add it to each call.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: the answer has no `token_type`. Departs from RFC 6750: the access token travels in the query,
/// as `oauth_token`.
/// Believed, not read: there are no refresh tokens.
#[oauth_provider(
    console = "https://foursquare.com/developers/home",
    service_documentation = "https://docs.foursquare.com/developer/reference/v2-authentication",
    setup(
        "Create a project in the developer console.",
        "Enter the redirect URI in Redirect URL, under OAuth Authentication.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://foursquare.com/oauth2/authenticate",
    token_endpoint = "https://foursquare.com/oauth2/access_token",
    userinfo_endpoint = "https://api.foursquare.com/v2/users/self",
    api_base = "https://api.foursquare.com/v2/",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(
        subject = "/response/user/id",
        name = "/response/user/firstName",
        email = "/response/user/contact/email",
    ),
    dialect(
        missing_token_type,
        access_token_param = "oauth_token",
        userinfo_params(v = "20150214"),
    ),
)]
pub struct Foursquare;
