use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    scopes(Read = "read" Write = "write"),
    default_scopes(Read, Write),
)]
pub struct Acme;

fn main() {}
