use oauth_runtime::{HasEndSession, oauth_provider};

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token"
)]
struct Acme;

fn end_session(_: impl HasEndSession) {}
fn main() {
    end_session(Acme);
}
