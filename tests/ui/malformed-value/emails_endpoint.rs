use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    profile(subject = "/id"),
    emails(endpoint = "/emails", address = "/email"),
)]
pub struct Acme;

fn main() {}
