//! Instagram: professional accounts, by business login.

use oauth_runtime::oauth_provider;

/// Signs in with Instagram.
///
/// Tokens: an access token lives for an hour; there are no refresh tokens. The exchange for a token that lives for 60
/// days, and that token's renewal, are not part of it.
/// Only professional accounts can sign in. The account is also in the member `user_id` of the token response.
/// Departs from RFC 6749: scopes are separated by commas; the answer has no `token_type`; errors are told by
/// `error_type` and `error_message`.
#[oauth_provider(
    console = "https://developers.facebook.com/apps",
    service_documentation = "https://developers.facebook.com/docs/instagram-platform",
    setup(
        "Create a business app, and add the product Instagram.",
        "Open API setup with Instagram login, and set up Instagram business login.",
        "Enter the redirect URI in OAuth redirect URIs of the business login settings.",
        "Copy Instagram app ID and Instagram app secret, which are not those of the app itself.",
    ),
    authorization_endpoint = "https://www.instagram.com/oauth/authorize",
    token_endpoint = "https://api.instagram.com/oauth/access_token",
    userinfo_endpoint = "https://graph.instagram.com/me?fields=id,username,profile_picture_url",
    api_base = "https://graph.instagram.com/",
    scopes(
        /// Read the account's profile and media.
        Basic = "instagram_business_basic",
        /// Publish media.
        ContentPublish = "instagram_business_content_publish",
        /// Read and write comments.
        ManageComments = "instagram_business_manage_comments",
        /// Read and write messages.
        ManageMessages = "instagram_business_manage_messages",
    ),
    default_scopes(Basic),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/id", name = "/username", picture = "/profile_picture_url"),
    dialect(
        missing_token_type,
        error_at = "/error_type",
        error_description_at = "/error_message",
    ),
)]
pub struct Instagram;
