use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(token_response_at = "a", access_token_at = "b", refresh_token_at = "c",
    expires_in_at = "d", scope_at = "e", error_at = "f", error_description_at = "g"),
)]
pub struct Acme;

fn main() {}
