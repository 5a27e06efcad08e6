use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token?region={region}",
)]
pub struct Acme {
    region: oauth_runtime::Host,
}

fn main() {}
