use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    offline(never),
    dialect(refresh_from_access_token),
)]
pub struct Acme;

fn main() {}
