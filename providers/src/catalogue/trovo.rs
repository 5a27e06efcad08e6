//! Trovo: streamers and viewers.

use oauth_runtime::oauth_provider;

/// Signs in with Trovo.
///
/// Tokens: an access token expires; a refresh token comes with every login.
/// E-mail addresses are never taken for verified.
/// Departs from RFC 6749: the token request is JSON, with the client's identifier in the header `Client-ID`;
/// `token_type` is `OAuth`; a refresh token is presented at an endpoint of its own.
/// Departs from RFC 6750: the word before the access token is `OAuth`.
/// Believed, not read: the endpoint of the refresh, and the word before the access token.
#[oauth_provider(
    console = "https://developer.trovo.live/",
    service_documentation = "https://developer.trovo.live/docs/APIs.html",
    setup(
        "Register an application, and wait for its review.",
        "Enter the redirect URI as the redirect URL for the OAuth process.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://open.trovo.live/page/login.html",
    token_endpoint = "https://open-api.trovo.live/openplatform/exchangetoken",
    userinfo_endpoint = "https://open-api.trovo.live/openplatform/getuserinfo",
    scopes(
        /// Read the user's name, picture and e-mail address.
        UserDetailsSelf = "user_details_self",
        /// Read the user's channel.
        ChannelDetailsSelf = "channel_details_self",
        /// Change the user's channel.
        ChannelUpdateSelf = "channel_update_self",
        /// Write in chats as the user.
        ChatSendSelf = "chat_send_self",
    ),
    default_scopes(UserDetailsSelf),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    headers("Client-ID" = client_id),
    profile(subject = "/userId", name = "/nickName", email = "/email", picture = "/profilePic"),
    dialect(
        token_request = json,
        token_types("OAuth"),
        refresh_endpoint = "https://open-api.trovo.live/openplatform/refreshtoken",
        bearer_scheme = "OAuth",
    ),
)]
pub struct Trovo;
