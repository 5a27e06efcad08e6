use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://{domain}",
)]
pub struct Acme {
    #[param(default = "acme.example/login")]
    domain: oauth_runtime::Host,
}

fn main() {}
