use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    userinfo_endpoint = "https://acme.example/me",
    dialect(userinfo_params(a = token_response.access_token, b = token_response.id_token,
    c = token_response.refresh_token, d = token_response.scope)),
)]
pub struct Acme;

fn main() {}
