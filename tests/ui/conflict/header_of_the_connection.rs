use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    headers(connection = "a", keep_alive = "a", proxy_authorization = "a",
    proxy_connection = "a", set_cookie = "a", te = "a", trailer = "a", upgrade = "a"),
)]
pub struct Acme;

fn main() {}
