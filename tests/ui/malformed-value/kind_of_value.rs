use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = 443,
    scopes = "read:user",
    pkce = "required",
    token_response(id = 1),
)]
pub struct GitHub;

fn main() {}
