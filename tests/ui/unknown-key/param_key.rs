use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example/{tenant}",
)]
pub struct Acme {
    #[param(defualt = "common")]
    tenant: oauth_runtime::Segment,
}

fn main() {}
