use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    userinfo_endpoint = "https://acme.example/me",
    dialect(client_secret_param = "secret", token_types("Bearer"),
    invalid_grant("invalid_grant"), access_token_param = "token", userinfo_request = form),
)]
pub struct Acme;

fn main() {}
