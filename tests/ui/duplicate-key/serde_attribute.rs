use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    token_response { #[serde(default, default)] company: u64 },
)]
pub struct Acme;

fn main() {}
