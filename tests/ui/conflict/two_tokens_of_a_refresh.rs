use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(refresh_from_access_token, refresh_token_at = "/refresh"),
)]
pub struct Acme;

fn main() {}
