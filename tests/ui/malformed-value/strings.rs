use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    api_origins(files), dialect(callback_params(shop)),
)]
pub struct Acme;

fn main() {}
