use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "https://github.com/login/oauth/access_token",
    authorization_params(prompt = "login", prompt = "consent"),
    headers("Accept" = "a/b", accept = "c/d"),
)]
pub struct GitHub;

fn main() {}
