use oauth_runtime::{Session, oauth_provider};

#[oauth_provider(issuer = "https://acme.example")]
struct Acme;

#[oauth_provider(issuer = "https://other.example")]
struct Other;

fn main() {
    let _ = |session: Session<Acme>| -> Session<Other> { session };
}
