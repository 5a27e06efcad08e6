use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://{domain}/authorize",
    token_endpoint = "https://example.com/{tenant}/token",
)]
pub struct GitHub;

fn main() {}
