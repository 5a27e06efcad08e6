use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    headers("X-Token" = "a"),
    dialect(bearer_scheme = "token", access_token_header = "x-token"),
)]
pub struct Acme;

fn main() {}
