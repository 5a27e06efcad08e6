use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example/{clone}",
)]
pub struct Acme {
    #[param(default = "a")]
    clone: oauth_runtime::Segment,
}

fn main() {}
