use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(token_response = form, token_response_at = "/data", expires_in_at = "/token/ends"),
)]
pub struct Acme;

fn main() {}
