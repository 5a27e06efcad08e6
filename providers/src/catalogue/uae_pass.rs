//! UAE Pass: digital identities of citizens, residents and visitors of the United Arab Emirates.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with UAE Pass.
///
/// Tokens: nothing is known of how long they live; there are no refresh tokens.
/// How far an identity is verified is in `userType`: `SOP1` is not. E-mail addresses are never taken for verified.
/// Departs from RFC 6749: the parameters of the token request travel in its query.
/// Believed, not read: there are no refresh tokens.
#[oauth_provider(
    name = "UAE Pass",
    service_documentation = "https://docs.uaepass.ae/",
    setup(
        "Apply to UAE Pass for onboarding as a service provider.",
        "Name the redirect URI.",
        "Take the client ID and the client secret, first for the staging host.",
    ),
    authorization_endpoint = "https://{host}/idshub/authorize",
    token_endpoint = "https://{host}/idshub/token",
    userinfo_endpoint = "https://{host}/idshub/userinfo",
    scopes(
        /// Know who the user is, by name, address and identity number.
        ProfileGeneral = "urn:uae:digitalid:profile:general",
    ),
    default_scopes(ProfileGeneral),
    authorization_params(acr_values = "urn:safelayer:tws:policies:authentication:level:low"),
    offline(never),
    profile(subject = "/uuid", name = "/fullnameEN", email = "/email"),
    dialect(token_request = query),
)]
pub struct UaePass {
    /// The host: for tests `stg-id.uaepass.ae`.
    #[param(default = "id.uaepass.ae")]
    host: Host,
}
