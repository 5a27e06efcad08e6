use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    token_endpoint = "https://acme.example/?region={region}",
)]
pub struct Acme {
    #[param(default = "")]
    region: oauth_runtime::Value,
}

fn main() {}
