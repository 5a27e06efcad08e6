use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    authorization_params(client_key = "1"),
    dialect(client_id_param = "client_key"),
)]
pub struct Acme;

fn main() {}
