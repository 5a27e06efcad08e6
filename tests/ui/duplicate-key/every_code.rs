use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(token_types("bot", "bot"), invalid_grant("1", "1")),
)]
pub struct Acme;

fn main() {}
