use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "https://github.com/login/oauth/access_token",
    authorization_params(state = "1", "redirect_uri" = "https://a.example"),
    offline(params(nonce = "1")),
)]
pub struct GitHub;

fn main() {}
