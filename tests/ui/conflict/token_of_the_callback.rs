use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(callback_params("access_token", "id_token", "refresh_token")),
)]
pub struct Acme;

fn main() {}
