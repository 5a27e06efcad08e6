#![deny(warnings, missing_docs)]
//! Every key at once. The words of the dialect are in `dialect.rs`.

use oauth_runtime::{Provider, oauth_provider};

/// Signs in with GitHub.
#[oauth_provider(
    name = "GitHub",
    slug = "github",
    console = "https://github.com/settings/developers",
    service_documentation = "https://docs.github.com/apps/oauth-apps",
    setup("Open OAuth Apps, and choose New OAuth App.", "Enter the redirect URI."),
    issuer = "https://github.com",
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "https://github.com/login/oauth/access_token",
    revocation_endpoint = "https://github.com/revoke",
    userinfo_endpoint = "https://api.github.com/user",
    jwks_uri = "https://github.com/keys",
    end_session_endpoint = "https://github.com/logout",
    pushed_authorization_request_endpoint = "https://github.com/par",
    api_base = "https://api.github.com/",
    api_origins("https://uploads.github.com"),
    scopes(
        OpenId = "openid",
        /// Read the user's addresses.
        UserEmail = "user:email",
        Pipe = "a|b`c",
    ),
    default_scopes(UserEmail),
    scope_separator = ",",
    pkce = required,
    token_endpoint_auth_method = client_secret_post,
    response_mode = form_post,
    authorization_params(prompt = "select_account", "allow-signup" = "false"),
    token_params(
        client = client_id,
        back_to = redirect_uri,
        asked_for = scope,
        "login" = state,
        device = callback.device,
        "my team" = callback."my team",
        version = "2",
    ),
    offline(params(access_type = "offline")),
    headers("User-Agent" = "acme", x_github_api_version = "2022-11-28", "Client-Id" = client_id),
    token_response {
        /// When the refresh token ends, in seconds.
        #[serde(default, rename = "refreshTokenExpiresIn")]
        refresh_token_expires_in: Option<u64>,
        pairs: std::collections::BTreeMap<String, u8>,
    },
    profile(
        subject = "/id",
        name = "/name",
        email = "/email",
        email_verified = "/verified",
        picture = "/avatar_url",
    ),
    emails(
        endpoint = "https://api.github.com/user/emails",
        address = "/email",
        verified = "/verified",
        primary = "/primary",
    ),
    dialect(callback_params("device", "my team")),
    crate = ::oauth_runtime,
)]
#[derive(Clone, PartialEq)]
pub struct GitHub;

/// The fields are typed and public.
#[must_use]
pub fn ends(response: &GitHubTokenResponse) -> Option<u64> {
    response.refresh_token_expires_in
}

fn has<T: oauth_runtime::HasEndSession + oauth_runtime::HasProfile>(_: &T) {}

fn main() {
    has(&GitHub);
    let declaration = GitHub.declaration();
    assert_eq!(declaration.slug, "github");
    assert_eq!(declaration.setup[1], "Enter the redirect URI.");
    assert!(std::ptr::eq(<GitHub as oauth_runtime::HasDeclaration>::DECLARATION, declaration));
    assert_eq!(declaration.scopes[1].doc, "Read the user's addresses.");
    assert_eq!(declaration.default_scopes[0], "user:email");
    assert_eq!(declaration.headers[1].name, "x-github-api-version");
    assert_eq!(declaration.token_response[0].name, "refreshTokenExpiresIn");
    assert_eq!(declaration.token_response[0].rust_type, "Option < u64 >");
}
