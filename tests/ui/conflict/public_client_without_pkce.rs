use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "https://github.com/login/oauth/access_token",
    pkce = unsupported,
    token_endpoint_auth_method = none,
)]
pub struct GitHub;

fn main() {}
