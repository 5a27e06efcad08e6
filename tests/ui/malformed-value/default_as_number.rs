use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example/{tenant}",
)]
pub struct Acme {
    #[param(default = 1)]
    tenant: oauth_runtime::Segment,
}

fn main() {}
