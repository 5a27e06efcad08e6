//! Amazon: accounts of Amazon's customers, by Login with Amazon.

use oauth_runtime::oauth_provider;

/// Signs in with Amazon.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
/// E-mail addresses are never taken for verified.
#[oauth_provider(
    console = "https://developer.amazon.com/loginwithamazon/console/site/lwa/overview.html",
    service_documentation =
        "https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html",
    setup(
        "Click Create a New Security Profile, and give it a name and a Consent Privacy Notice URL.",
        "Open Web Settings and enter the redirect URI under Allowed Return URLs.",
        "Copy the Client ID and the Client Secret.",
    ),
    authorization_endpoint = "https://www.amazon.com/ap/oa",
    token_endpoint = "https://api.amazon.com/auth/o2/token",
    userinfo_endpoint = "https://api.amazon.com/user/profile",
    api_base = "https://api.amazon.com/",
    scopes(
        /// Read the user's name and e-mail address.
        Profile = "profile",
        /// Know who the user is, and nothing else.
        ProfileUserId = "profile:user_id",
        /// Read the postal code of the user's main address.
        PostalCode = "postal_code",
    ),
    default_scopes(Profile),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/user_id", name = "/name", email = "/email"),
)]
pub struct Amazon;
