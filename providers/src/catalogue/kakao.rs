//! Kakao: accounts of KakaoTalk and its services.

use oauth_runtime::oauth_provider;

/// Signs in with Kakao.
///
/// Tokens: an access token lives for six hours, and a refresh token for two months; a refresh brings another refresh
/// token only when the old one has less than a month left.
/// E-mail addresses are never taken for verified: Kakao needs two members to say it.
/// Departs from RFC 7009: the access token alone is sent, as a bearer token, and the user is unlinked from the app.
/// Believed, not read: the user is unlinked by a bearer token.
#[oauth_provider(
    console = "https://developers.kakao.com/console/app",
    service_documentation = "https://developers.kakao.com/docs/latest/en/kakaologin/rest-api",
    setup(
        "Create an app, and turn on Kakao Login.",
        "Enter the redirect URI in Redirect URI.",
        "Turn on the consent items that the application asks for.",
        "Copy REST API key, which is the client ID, and turn on Client secret and copy its code.",
    ),
    authorization_endpoint = "https://kauth.kakao.com/oauth/authorize",
    token_endpoint = "https://kauth.kakao.com/oauth/token",
    revocation_endpoint = "https://kapi.kakao.com/v1/user/unlink",
    userinfo_endpoint = "https://kapi.kakao.com/v2/user/me",
    api_base = "https://kapi.kakao.com/",
    scopes(
        /// Read the user's e-mail address.
        AccountEmail = "account_email",
        /// Read the user's nickname.
        ProfileNickname = "profile_nickname",
        /// Read the user's picture.
        ProfileImage = "profile_image",
        /// Send messages in KakaoTalk.
        TalkMessage = "talk_message",
        /// Read the user's friends in KakaoTalk.
        Friends = "friends",
    ),
    default_scopes(AccountEmail, ProfileNickname, ProfileImage),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The seconds after which the refresh token ends.
        refresh_token_expires_in: Option<u64>,
    },
    profile(
        subject = "/id",
        name = "/kakao_account/profile/nickname",
        email = "/kakao_account/email",
        picture = "/kakao_account/profile/profile_image_url",
    ),
    dialect(revocation_request = bearer),
)]
pub struct Kakao;
