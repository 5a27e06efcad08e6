use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    issuer = "https://acme.example",
    jwks_uri = "https://acme.example/keys",
    dialect(userinfo_request = form, userinfo_params(a = "b")),
)]
pub struct Acme;

fn main() {}
