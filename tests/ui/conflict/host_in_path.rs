use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://{domain}/authorize",
    token_endpoint = "https://example.com/{domain}/token",
)]
pub struct Acme {
    domain: oauth_runtime::Host,
}

fn main() {}
