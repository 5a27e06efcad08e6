use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://{tenant}.example.com/authorize",
    token_endpoint = "https://example.com/token",
)]
pub struct Acme {
    tenant: oauth_runtime::Segment,
}

fn main() {}
