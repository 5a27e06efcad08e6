//! JumpCloud: the people of an organisation.

use oauth_runtime::oauth_provider;

/// Signs in with JumpCloud.
///
/// Tokens: an access token expires; refresh tokens come with the scope `offline_access`, which `.offline_access(true)`
/// asks for.
/// Believed, not read: the scope `offline_access` brings a refresh token; the issuer ends in a slash.
#[oauth_provider(
    slug = "jumpcloud",
    console = "https://console.jumpcloud.com",
    service_documentation = "https://jumpcloud.com/support/sso-with-oidc",
    setup(
        "Add a custom application under SSO Applications, and choose Configure SSO with OIDC.",
        "Enter the redirect URI in Redirect URIs, and tick the grant type Refresh Token.",
        "Choose Client Secret POST, and tick the scopes Email and Profile.",
        "Click Activate, and copy Client ID and Client Secret.",
    ),
    issuer = "https://oauth.id.jumpcloud.com/",
    authorization_endpoint = "https://oauth.id.jumpcloud.com/oauth2/auth",
    token_endpoint = "https://oauth.id.jumpcloud.com/oauth2/token",
    userinfo_endpoint = "https://oauth.id.jumpcloud.com/userinfo",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(OpenId, Profile, Email),
    token_endpoint_auth_method = client_secret_post,
    offline(scope = OfflineAccess),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
    ),
)]
pub struct JumpCloud;
