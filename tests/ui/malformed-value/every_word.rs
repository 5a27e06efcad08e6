use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(token_request = "json", token_request_method = "get", token_response = "form",
    expires_in = "timestamp", refresh_auth_method = "none", revocation_request = "bearer",
    userinfo_request = "form"),
)]
pub struct Acme;

fn main() {}
