//! Amazon Cognito: the user pools of an account of AWS.
//!
//! Register: <https://console.aws.amazon.com/cognito/v2/idp/user-pools>. Reference:
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html>.
//! Refresh tokens: with every login; a refresh keeps the refresh token.
//! The pages that people see are on another host than the issuer, whose metadata name it.
//! Departs from OpenID Connect RP-Initiated Logout: where the browser comes back is called `logout_uri`.

use oauth_runtime::{Host, Segment, oauth_provider};

/// Signs in with a user pool of Amazon Cognito.
#[oauth_provider(
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
