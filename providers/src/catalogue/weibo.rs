//! Weibo: accounts of people and their posts.

use oauth_runtime::oauth_provider;

/// Signs in with Weibo.
///
/// Tokens: an access token expires, when depends on the level of the application; there are no refresh tokens.
/// The address that the scope `email` opens takes a further call.
/// Departs from RFC 6749: scopes are separated by commas; the answer is JSON under another content type, and has no
/// `token_type`. Departs from RFC 7009: the token is called `access_token`.
/// Believed, not read: there are no refresh tokens.
#[oauth_provider(
    console = "https://open.weibo.com/",
    service_documentation = "https://open.weibo.com/wiki/Oauth2/access_token",
    setup(
        "Create a website application, and have it reviewed.",
        "Set the authorization callback page to the redirect URI in the advanced settings.",
        "Copy the App Key and the App Secret.",
    ),
    authorization_endpoint = "https://api.weibo.com/oauth2/authorize",
    token_endpoint = "https://api.weibo.com/oauth2/access_token",
    revocation_endpoint = "https://api.weibo.com/oauth2/revokeoauth2",
    userinfo_endpoint = "https://api.weibo.com/2/users/show.json",
    scopes(
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the groups of the user's friends.
        FriendshipsGroupsRead = "friendships_groups_read",
        /// Read posts that were sent to the user's group of friends.
        StatusesToMeRead = "statuses_to_me_read",
    ),
    default_scopes(Email),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    token_response {
        /// The user.
        uid: String,
    },
    profile(subject = "/idstr", name = "/screen_name", picture = "/avatar_large"),
    dialect(
        token_response = text,
        missing_token_type,
        revocation_request = access_token,
        access_token_param = "access_token",
        userinfo_params(uid = token_response.uid),
    ),
)]
pub struct Weibo;
