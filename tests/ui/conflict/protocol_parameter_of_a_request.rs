use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    userinfo_endpoint = "https://acme.example/me",
    token_params(code = "1"), dialect(refresh_params(grant_type = "renew"),
    userinfo_params(access_token = "1")),
)]
pub struct Acme;

fn main() {}
