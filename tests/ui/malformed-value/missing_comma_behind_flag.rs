use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(refresh_keeps callback_params("shop")),
    token_params(shop = callback.shop),
)]
pub struct Acme;

fn main() {}
