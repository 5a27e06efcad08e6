//! ZITADEL: the users of an instance, in the cloud or self-hosted.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with an instance of ZITADEL.
///
/// Tokens: the instance says how long they live; a refresh token comes with the scope `offline_access`.
/// An organisation or a project is asked for by scopes that begin with `urn:zitadel:iam:org:`.
/// Believed, not read: a refresh token comes with the scope `offline_access`.
#[oauth_provider(
    name = "ZITADEL",
    service_documentation = "https://zitadel.com/docs/apis/openidoauth/endpoints",
    setup(
        "Create an application of the type Web in a project, with the authentication method Basic.",
        "Enter the redirect URI under Redirect URIs.",
        "Tick Refresh Token among the grant types, if users are to stay connected.",
        "Copy the Client ID and the Client Secret.",
    ),
    issuer = "https://{domain}",
    authorization_endpoint = "https://{domain}/oauth/v2/authorize",
    token_endpoint = "https://{domain}/oauth/v2/token",
    userinfo_endpoint = "https://{domain}/oidc/v1/userinfo",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Know the organisation that the user belongs to.
        ResourceOwner = "urn:zitadel:iam:user:resourceowner",
        /// Stay connected while the user is away.
        OfflineAccess = "offline_access",
    ),
    default_scopes(OpenId, Profile, Email),
    offline(scope = OfflineAccess),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub struct Zitadel {
    /// The host of the instance: `company-abc123.zitadel.cloud`, or a custom domain.
    domain: Host,
}
