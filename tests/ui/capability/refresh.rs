use oauth_runtime::{Session, oauth_provider};

#[oauth_provider(issuer = "https://acme.example", offline(never))]
struct Acme;

fn main() {
    let _ = |session: Session<Acme>| { let _ = session.client().refresh(); };
}
