use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    dialect(tenant_issuer("https://acme.example/{id}", "tid")),
)]
pub struct Acme;

fn main() {}
