use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    revocation_endpoint = "http://acme.example/a", userinfo_endpoint = "acme.example/b",
    jwks_uri = "//acme.example/c", end_session_endpoint = "/d",
    pushed_authorization_request_endpoint = "e", console = "f", service_documentation = "http://acme.example",
)]
pub struct Acme;

fn main() {}
