use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "https://github.com/login/oauth/access_token",
    emails(endpoint = "https://api.github.com/user/emails", address = "/email"),
)]
pub struct GitHub;

fn main() {}
