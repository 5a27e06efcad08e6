use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example/{parameter}",
)]
pub struct Acme {
    #[param(default = "a")]
    parameter: oauth_runtime::Segment,
}

fn main() {}
