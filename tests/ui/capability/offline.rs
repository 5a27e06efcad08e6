use oauth_runtime::{OAuth, oauth_provider};

#[oauth_provider(issuer = "https://acme.example", offline(never))]
struct Acme;

fn main() {
    let _ = |oauth: OAuth<Acme>| oauth.offline("a refresh token");
}
