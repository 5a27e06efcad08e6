use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    dialect(userinfo_params(id = token_response."")),
)]
pub struct Acme;

fn main() {}
