//! VK ID: accounts of VK, Odnoklassniki and Mail.ru.

use oauth_runtime::oauth_provider;

/// Signs in with VK ID.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login and rotates.
/// There is no client secret: PKCE proves who redeems a code.
/// E-mail addresses are never taken for verified. The phone number takes the scope `phone` and a verified business.
/// Departs from RFC 6749: the callback names a device, which every token request repeats beside the state. Departs from
/// RFC 7009: the token is called `access_token`.
/// Believed, not read: refresh tokens rotate.
#[oauth_provider(
    name = "VK ID",
    console = "https://id.vk.com/about/business/go",
    service_documentation =
        "https://id.vk.com/about/business/go/docs/ru/vkid/latest/vk-id/intro/plan",
    setup(
        "Create an application for the platform Web.",
        "Enter the host as base domain, and the redirect URI as trusted redirect URL.",
        "Switch on access to the e-mail address, if it is asked for.",
        "Copy the ID of the application.",
    ),
    authorization_endpoint = "https://id.vk.ru/authorize",
    token_endpoint = "https://id.vk.ru/oauth2/auth",
    revocation_endpoint = "https://id.vk.ru/oauth2/revoke",
    userinfo_endpoint = "https://id.vk.ru/oauth2/user_info",
    scopes(
        /// Read the user's name, picture, sex and date of birth.
        PersonalInfo = "vkid.personal_info",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's phone number.
        Phone = "phone",
    ),
    default_scopes(Email),
    pkce = required,
    token_endpoint_auth_method = none,
    token_params(device_id = callback.device_id, state = state),
    offline(always),
    profile(
        subject = "/user/user_id",
        name = "/user/first_name",
        email = "/user/email",
        picture = "/user/avatar",
    ),
    dialect(
        callback_params("device_id"),
        refresh_params(device_id = callback.device_id, state = state),
        revocation_request = access_token,
        userinfo_request = form,
        userinfo_params(client_id = client_id),
    ),
)]
pub struct VkId;
