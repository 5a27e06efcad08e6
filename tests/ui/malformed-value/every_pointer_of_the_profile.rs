use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    profile(subject = "/a", name = "b", email = "c", email_verified = "d", picture = "e"),
    emails(endpoint = "https://acme.example/f", address = "g", verified = "h", primary = "i"),
)]
pub struct Acme;

fn main() {}
