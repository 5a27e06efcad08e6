use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize?client_id=a",
    token_endpoint = "https://acme.example/token?grant_type=b",
    dialect(token_request = query, refresh_endpoint = "https://acme.example/a?client_id=c"),
)]
pub struct Acme;

fn main() {}
