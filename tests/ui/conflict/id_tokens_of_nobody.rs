use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    token_endpoint_auth_method = none,
    dialect(missing_nonce, secret_signs_id_token),
)]
pub struct Acme;

fn main() {}
