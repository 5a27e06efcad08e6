//! Amazon Cognito: the user pools of an account of AWS.

use oauth_runtime::{Host, Segment, oauth_provider};

/// Signs in with a user pool of Amazon Cognito.
///
/// Tokens: access tokens expire, after an hour unless the app client says otherwise; refresh tokens come with every
/// login, and a refresh repeats none unless the app client rotates them.
/// The pages that people see are on another host than the issuer, whose metadata name it.
/// Departs from OpenID Connect RP-Initiated Logout: where the browser comes back is called `logout_uri`.
#[oauth_provider(
    name = "Amazon Cognito",
    console = "https://console.aws.amazon.com/cognito/v2/idp/user-pools",
    service_documentation =
        "https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html",
    setup(
        "Create a user pool with a domain, and an app client that has a client secret.",
        "Enter the redirect URI under Allowed callback URLs of the app client.",
        "Allow the authorization code grant and the scopes openid, profile and email.",
        "Copy the user pool ID, the client ID and the client secret.",
    ),
    issuer = "https://{domain}/{pool}",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
    ),
    default_scopes(OpenId, Profile, Email),
    offline(always),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
    ),
    dialect(post_logout_redirect_uri_param = "logout_uri"),
)]
pub struct Cognito {
    /// The host of the region's user pools: `cognito-idp.eu-central-1.amazonaws.com`.
    domain: Host,
    /// The identifier of the user pool.
    pool: Segment,
}
