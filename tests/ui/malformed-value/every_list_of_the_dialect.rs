use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(callback_params = "a", token_types = "b", error_when = "/c",
    invalid_grant = "d", refresh_params = "e", userinfo_params = "f",
    tenant_issuer = "g", callback_once = "h"),
)]
pub struct Acme;

fn main() {}
