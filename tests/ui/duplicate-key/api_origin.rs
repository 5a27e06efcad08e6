use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    api_origins("https://files.acme.example", "https://files.acme.example"),
)]
pub struct Acme;

fn main() {}
