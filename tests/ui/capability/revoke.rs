use oauth_runtime::{OAuth, oauth_provider};

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token"
)]
struct Acme;

fn main() {
    let _ = |oauth: OAuth<Acme>| oauth.logout().revoke();
}
