use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example/{tenant}",
)]
pub struct Acme {
    #[param()]
    tenant: oauth_runtime::Segment,
}

fn main() {}
