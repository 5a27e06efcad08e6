use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    userinfo_endpoint = "https://acme.example/me",
    dialect(access_token_param = "tok", userinfo_params(tok = "a")),
)]
pub struct Acme;

fn main() {}
