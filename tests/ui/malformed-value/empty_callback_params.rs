use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(callback_params(), callback_once(), tenant_issuer()),
)]
pub struct Acme;

fn main() {}
