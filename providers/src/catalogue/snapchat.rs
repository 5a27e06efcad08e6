//! Snapchat: accounts of people, by Login Kit.

use oauth_runtime::oauth_provider;

/// Signs in with Snapchat.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
/// Who the user is takes a GraphQL query, which is an API call. There is no e-mail address.
/// This is Login Kit; the Marketing API has endpoints of its own.
#[oauth_provider(
    console = "https://developers.snap.com/",
    service_documentation = "https://developers.snap.com/snap-kit/login-kit/overview",
    setup(
        "Create an app in the developer portal and turn on Login Kit.",
        "Add the redirect URI to the Redirect URIs of Login Kit.",
        "Copy the OAuth2 client ID and the client secret.",
        "Submit the app for review, before others than its demo users sign in.",
    ),
    authorization_endpoint = "https://accounts.snapchat.com/accounts/oauth2/auth",
    token_endpoint = "https://accounts.snapchat.com/accounts/oauth2/token",
    api_base = "https://kit.snapchat.com/",
    scopes(
        /// Know who the user is.
        UserExternalId = "https://auth.snapchat.com/oauth2/api/user.external_id",
        /// Read the user's display name.
        UserDisplayName = "https://auth.snapchat.com/oauth2/api/user.display_name",
        /// Read the user's Bitmoji avatar.
        UserBitmojiAvatar = "https://auth.snapchat.com/oauth2/api/user.bitmoji.avatar",
    ),
    default_scopes(UserExternalId, UserDisplayName),
    offline(always),
)]
pub struct Snapchat;
