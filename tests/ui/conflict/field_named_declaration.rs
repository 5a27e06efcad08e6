use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example/{declaration}",
)]
pub struct Acme {
    #[param(default = "a")]
    declaration: oauth_runtime::Segment,
}

fn main() {}
