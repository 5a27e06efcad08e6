use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "http://github.com/login",
)]
pub struct GitHub;

fn main() {}
