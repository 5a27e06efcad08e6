use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    api_origins = "https://acme.example", authorization_params = "a", token_params = "b",
    offline = never, headers = "c", profile = "/id", emails = "/e", dialect = refresh_keeps,
)]
pub struct Acme;

fn main() {}
