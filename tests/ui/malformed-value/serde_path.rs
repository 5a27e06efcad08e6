use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    token_response { #[serde(deserialize_with = "a b")] company: u64 },
)]
pub struct Acme;

fn main() {}
