//! Apple: Apple accounts of people, by Sign in with Apple.

use oauth_runtime::oauth_provider;

/// Signs in with Apple.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login.
/// The profile is in the ID token; the user's name comes with the first callback alone, as `user`.
/// The callback is posted from another site: a cookie of the login needs `SameSite=None`.
/// Departs from RFC 6749: the callback is a form that the browser posts, the client secret is a JWT that a key of the
/// client signs, and a `+` between two scopes is not taken for a space.
#[oauth_provider(
    console = "https://developer.apple.com/account/resources/identifiers/list/serviceId",
    service_documentation = "https://developer.apple.com/documentation/signinwithapplerestapi",
    setup(
        "Register a Services ID, and enable Sign in with Apple for it.",
        "Click Configure, and enter the domain and the redirect URI under Return URLs.",
        "Create a key for Sign in with Apple and download it.",
        "Note the identifier of the Services ID, the Key ID and the Team ID.",
    ),
    issuer = "https://appleid.apple.com",
    authorization_endpoint = "https://appleid.apple.com/auth/authorize",
    token_endpoint = "https://appleid.apple.com/auth/token",
    revocation_endpoint = "https://appleid.apple.com/auth/revoke",
    jwks_uri = "https://appleid.apple.com/auth/keys",
    scopes(
        /// Know the user's name, at the first login.
        Name = "name",
        /// Know the user's e-mail address.
        Email = "email",
    ),
    default_scopes(Name, Email),
    token_endpoint_auth_method = client_secret_post,
    response_mode = form_post,
    offline(always),
    profile(subject = "/sub", email = "/email", email_verified = "/email_verified"),
    dialect(signed_client_secret, callback_once("user")),
)]
pub struct Apple;
