use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    offline(never), dialect(refresh_token_at = "/refresh", refresh_grant_type = "renew",
    refresh_endpoint = "https://acme.example/renew", refresh_params(redirect_uri = redirect_uri),
    refresh_auth_method = none, refresh_token_param = "ticket", refresh_when_expired),
)]
pub struct Acme;

fn main() {}
