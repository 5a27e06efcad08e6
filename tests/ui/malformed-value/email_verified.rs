use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    profile(subject = "/id", email = "/email", email_verified = yes),
)]
pub struct Acme;

fn main() {}
