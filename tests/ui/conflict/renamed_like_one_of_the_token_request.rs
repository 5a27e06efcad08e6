use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    token_endpoint_auth_method = client_secret_post,
    dialect(client_id_param = "grant_type", client_secret_param = "code_verifier",
    scope_param = "refresh_token", refresh_token_param = "token_type_hint"),
)]
pub struct Acme;

fn main() {}
