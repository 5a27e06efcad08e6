use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    dialect(client_id_param = "key", post_logout_redirect_uri_param = "key"),
)]
pub struct Acme;

fn main() {}
