//! Facebook: people, and the pages that they manage.

use oauth_runtime::{Segment, oauth_provider};

/// Signs in with Facebook.
///
/// Tokens: access tokens expire; there are no refresh tokens: an access token is exchanged for a newer one that lives
/// longer.
/// API calls should carry `appsecret_proof`, an HMAC of the access token: add it to each call. E-mail addresses are
/// never taken for verified.
/// Departs from RFC 6749: scopes are separated by commas; token requests are GETs; errors are objects; a refresh
/// presents the access token. Departs from RFC 7009: tokens are revoked by a call of the API whose path names the user,
/// which is not declared here.
#[oauth_provider(
    console = "https://developers.facebook.com/apps/",
    service_documentation =
        "https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow",
    setup(
        "Create an app with the use case of Facebook Login.",
        "Add the redirect URI under Valid OAuth Redirect URIs in the settings of the login.",
        "Add the permissions, `email` among them; some take a review.",
        "Copy App ID and App Secret from the basic settings.",
    ),
    authorization_endpoint = "https://www.facebook.com/{version}/dialog/oauth",
    token_endpoint = "https://graph.facebook.com/{version}/oauth/access_token",
    userinfo_endpoint = "https://graph.facebook.com/{version}/me?fields=id,name,email",
    api_base = "https://graph.facebook.com/",
    scopes(
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's name and picture.
        PublicProfile = "public_profile",
        /// List the pages that the user manages.
        PagesShowList = "pages_show_list",
    ),
    default_scopes(Email, PublicProfile),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/name", email = "/email"),
    dialect(
        token_request_method = get,
        error_at = "/error/code",
        error_description_at = "/error/message",
        invalid_grant("190"),
        refresh_grant_type = "fb_exchange_token",
        refresh_token_param = "fb_exchange_token",
        refresh_from_access_token,
    ),
)]
pub struct Facebook {
    /// The version of the API.
    #[param(default = "v24.0")]
    version: Segment,
}
