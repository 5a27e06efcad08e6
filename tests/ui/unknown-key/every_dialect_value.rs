use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(token_request = xml, token_request_method = put, token_response = csv,
    expires_in = days, refresh_auth_method = secret, revocation_request = cookie,
    userinfo_request = json),
)]
pub struct Acme;

fn main() {}
