use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(refresh_keeps = true, refresh_endpoint = "http://acme.example/renew"),
)]
pub struct Acme;

fn main() {}
