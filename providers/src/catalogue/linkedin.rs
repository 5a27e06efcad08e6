//! LinkedIn: members and their professional profiles.

use oauth_runtime::oauth_provider;

/// Signs in with LinkedIn.
///
/// Tokens: an access token lives for 60 days; only approved partners have refresh tokens.
/// Departs from OpenID Connect: an ID token carries no `nonce`, so that none is sent.
#[oauth_provider(
    slug = "linkedin",
    console = "https://www.linkedin.com/developers/apps",
    service_documentation =
        "https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2",
    setup(
        "Create an app for a LinkedIn page, and verify it.",
        "Add the product Sign In with LinkedIn using OpenID Connect.",
        "Enter the redirect URI under Authorized redirect URLs for your app on the tab Auth.",
        "Copy Client ID and Primary Client Secret.",
    ),
    issuer = "https://www.linkedin.com/oauth",
    authorization_endpoint = "https://www.linkedin.com/oauth/v2/authorization",
    token_endpoint = "https://www.linkedin.com/oauth/v2/accessToken",
    userinfo_endpoint = "https://api.linkedin.com/v2/userinfo",
    jwks_uri = "https://www.linkedin.com/oauth/openid/jwks",
    api_base = "https://api.linkedin.com/",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name and picture.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Publish posts for the user.
        MemberSocialWrite = "w_member_social",
    ),
    default_scopes(OpenId, Profile, Email),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
    dialect(missing_nonce),
)]
pub struct LinkedIn;
