use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    dialect(tenant_issuer(template = "https://acme.example/{id}", claims = "tid")),
)]
pub struct Acme;

fn main() {}
