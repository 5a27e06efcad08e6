use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(sorted_params = true, callback_scope = true,
    missing_token_type = true, refresh_from_access_token = true,
    signed_client_secret = true),
)]
pub struct Acme;

fn main() {}
