use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    token_endpoint_auth_method = client_secret_post,
    token_params(app_secret = "hunter2"),
    dialect(client_secret_param = "app_secret"),
)]
pub struct Acme;

fn main() {}
