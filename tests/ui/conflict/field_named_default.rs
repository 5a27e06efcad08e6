use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example/{default}",
)]
pub struct Acme {
    #[param(default = "a")]
    default: oauth_runtime::Segment,
}

fn main() {}
