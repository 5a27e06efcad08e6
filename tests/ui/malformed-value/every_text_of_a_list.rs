use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(callback_params("a\n"), callback_once("d\n"), token_types("b\n"), invalid_grant("c\n")),
)]
pub struct Acme;

fn main() {}
