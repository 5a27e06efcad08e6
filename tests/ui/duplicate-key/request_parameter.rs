use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    token_params(device = "1", device = "2"),
    dialect(refresh_params(device = "1", "device" = "2")),
)]
pub struct Acme;

fn main() {}
