use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    api_base = "https://acme.example/?a=1",
    dialect(callback_issuer = "https://acme.example/?b=2"),
)]
pub struct Acme;

fn main() {}
