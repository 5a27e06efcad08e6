use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    client_id = "acme",
    redirect_uri = "https://app.example/callback",
)]
pub struct Acme;

fn main() {}
