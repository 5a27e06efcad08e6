use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(callback_params("code", "shop"), callback_once("state")),
)]
pub struct Acme;

fn main() {}
