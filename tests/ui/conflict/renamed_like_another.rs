use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    token_endpoint_auth_method = client_secret_post,
    dialect(client_id_param = "state", client_secret_param = "code", scope_param = "nonce"),
)]
pub struct Acme;

fn main() {}
