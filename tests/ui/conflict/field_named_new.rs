use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example/{new}",
)]
pub struct Acme {
    #[param(default = "a")]
    new: oauth_runtime::Segment,
}

fn main() {}
