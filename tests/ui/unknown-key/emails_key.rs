use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    profile(subject = "/id"),
    emails(endpoint = "https://acme.example/mails", address = "/a", main = "/b"),
)]
pub struct Acme;

fn main() {}
