use oauth_runtime::{Segment, oauth_provider};

#[oauth_provider(
    issuer = "https://acme.example",
    dialect(tenant_issuer(template = "https://acme.example/{tenant}", claim = "tid")),
)]
pub struct Acme {
    tenant: Segment,
}

fn main() {}
