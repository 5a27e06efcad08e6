use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token?client_secret=hunter2",
)]
pub struct Acme;

fn main() {}
