use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(refresh_params(user = token_response.user)),
)]
pub struct Acme;

fn main() {}
