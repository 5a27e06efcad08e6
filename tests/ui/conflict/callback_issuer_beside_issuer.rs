use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    issuer = "https://acme.example",
    dialect(callback_issuer = "https://acme.example"),
)]
pub struct Acme;

fn main() {}
