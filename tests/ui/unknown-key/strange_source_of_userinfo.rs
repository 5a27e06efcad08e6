use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    dialect(userinfo_params(a = nonce)),
)]
pub struct Acme;

fn main() {}
