use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(refresh_token_param = "grant_type"),
)]
pub struct Acme;

fn main() {}
