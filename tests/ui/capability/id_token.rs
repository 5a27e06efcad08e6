use oauth_runtime::{Session, oauth_provider};

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token"
)]
struct Acme;

fn main() {
    let _ = |session: Session<Acme>| session.id_token();
}
