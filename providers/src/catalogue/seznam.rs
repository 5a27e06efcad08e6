//! Seznam: accounts of people at the Czech portal.

use oauth_runtime::oauth_provider;

/// Signs in with Seznam.
///
/// Tokens: nothing is known of how long they live. A refresh token comes with every login.
/// The picture takes the scope `avatar`. E-mail addresses are never taken for verified.
/// Departs from RFC 6749: scopes are separated by commas.
/// Believed, not read: a refresh token comes with every login.
#[oauth_provider(
    console = "https://vyvojari.seznam.cz/oauth/admin",
    service_documentation = "https://vyvojari.seznam.cz/oauth/doc?lang=en",
    setup(
        "Create a service.",
        "Enter the redirect URI among the addresses of the service.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://login.szn.cz/api/v1/oauth/auth",
    token_endpoint = "https://login.szn.cz/api/v1/oauth/token",
    userinfo_endpoint = "https://login.szn.cz/api/v1/user",
    scopes(
        /// Read the user's name and e-mail address.
        Identity = "identity",
        /// Read the user's picture.
        Avatar = "avatar",
        /// Read the user's phone number.
        ContactPhone = "contact-phone",
        /// Know whether the user is of age.
        Adulthood = "adulthood",
        /// Read the user's birthday.
        Birthday = "birthday",
    ),
    default_scopes(Identity),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// Who the user is.
        oauth_user_id: Option<String>,
        /// The name of the user's account.
        account_name: Option<String>,
    },
    profile(
        subject = "/oauth_user_id",
        name = "/firstname",
        email = "/email",
        picture = "/avatar_url",
    ),
)]
pub struct Seznam;
