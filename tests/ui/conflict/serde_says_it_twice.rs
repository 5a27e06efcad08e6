use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    token_response { #[serde(skip, skip_deserializing)] company: u64 },
)]
pub struct Acme;

fn main() {}
