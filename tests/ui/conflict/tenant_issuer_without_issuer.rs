use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(tenant_issuer(template = "https://acme.example/{id}", claim = "tid")),
)]
pub struct Acme;

fn main() {}
