use oauth_runtime::{Session, oauth_provider};

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token"
)]
struct Acme;

#[oauth_provider(
    authorization_endpoint = "https://other.example/authorize",
    token_endpoint = "https://other.example/token"
)]
struct Other;

fn other(session: Session<Acme>) -> Session<Other> {
    session
}

fn main() {}
