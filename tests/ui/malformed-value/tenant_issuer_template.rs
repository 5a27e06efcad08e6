use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    dialect(tenant_issuer(template = "https://acme.example/t-{id}", claim = "tid")),
)]
pub struct Acme;

fn main() {}
