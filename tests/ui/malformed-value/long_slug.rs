use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    slug = "acme_acme_acme_acme_acme_acme_acme_acme_acme_acme_acme_acme_acme_",
)]
pub struct Acme;

fn main() {}
