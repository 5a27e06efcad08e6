use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "https://github.com/login/oauth/access_token",
    api_origins("https://uploads.github.com/v3"),
)]
pub struct GitHub;

fn main() {}
