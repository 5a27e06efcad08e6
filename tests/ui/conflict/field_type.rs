use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://{domain}/authorize",
    token_endpoint = "https://{domain}/token",
)]
pub struct Acme {
    domain: String,
}

fn main() {}
