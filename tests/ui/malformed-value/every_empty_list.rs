use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    api_origins(), default_scopes(), authorization_params(), token_params(), offline(),
    headers(), token_response {}, profile(), emails(), dialect(),
)]
pub struct Acme;

fn main() {}
