//! Dataporten: Feide, the accounts of Norwegian education and research.

use oauth_runtime::oauth_provider;

/// Signs in with Dataporten, the OpenID Connect of Feide.
///
/// Tokens: access tokens expire; there are no refresh tokens.
/// Believed, not read: there are no refresh tokens.
#[oauth_provider(
    console = "https://kunde.feide.no/",
    service_documentation =
        "https://docs.feide.no/reference/oauth_oidc/openid_connect_details.html",
    setup(
        "Register a service in the customer portal, and add an OIDC configuration to it.",
        "Enter the redirect URI under Redirect URL after login.",
        "Add the name and the e-mail address to the user information of the service.",
        "Copy the client ID and the client secret.",
    ),
    issuer = "https://auth.dataporten.no",
    authorization_endpoint = "https://auth.dataporten.no/oauth/authorization",
    token_endpoint = "https://auth.dataporten.no/oauth/token",
    userinfo_endpoint = "https://auth.dataporten.no/openid/userinfo",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's identifier at Feide.
        UserId = "userid",
        /// Read the user's name and picture.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the groups that the user belongs to.
        Groups = "groups",
    ),
    default_scopes(OpenId, UserId, Profile, Email),
    offline(never),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub struct Dataporten;
