use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    token_endpoint = "https://acme.example/token",
    dialect(missing_id_token),
)]
pub struct Acme;

fn main() {}
