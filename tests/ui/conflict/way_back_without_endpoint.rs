use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    dialect(post_logout_redirect_uri_param = "logout_uri"),
)]
pub struct Acme;

fn main() {}
