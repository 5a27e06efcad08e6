use oauth_runtime::{Session, oauth_provider};

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token"
)]
struct Acme;

fn who(session: &Session<Acme>) {
    let _ = session.profile();
}

fn main() {}
