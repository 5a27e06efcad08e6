use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(authorization_fragment = "#wechat_redirect"),
)]
pub struct Acme;

fn main() {}
