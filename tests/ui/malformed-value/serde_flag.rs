use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    token_response { #[serde(skip = true)] company: u64 },
)]
pub struct Acme;

fn main() {}
